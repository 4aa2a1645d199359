//! What Explore shows, as its address holds it: the expression, the filters beside it, how both are read, and the order of the rows.

use std::sync::Arc;

use domain::search::query::{Key, Query, Term};
use domain::search::{Case, Chosen, Cursor, Place, SearchPage, SearchRequest, Sort, SortBy};
use serde::{Deserialize, Serialize};

use crate::paths;

/// Where words without a key are looked for unless the search says otherwise.
pub const SCOPES: [Place; 3] = [Place::Subject, Place::Record, Place::Field];

/// A search with its answer.
pub type Found = Arc<(Search, SearchPage)>;

/// A search; its address holds exactly this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// What is typed: words and patterns, and filters that are not tokens yet.
    pub text: String,
    /// The filters that stand beside it as tokens.
    pub filters: String,
    /// Whether words mean themselves instead of being regular expressions.
    pub literal: bool,
    /// Whether upper and lower case differ always.
    pub exact: bool,
    /// The order of the rows.
    pub sort: Sort,
    /// The row that the shown page begins after, without a script.
    pub after: Option<Cursor>,
    /// The columns that the address names; empty for those that were kept.
    pub columns: String,
}

impl Search {
    /// The search that the values of an address stand for; what cannot be read counts as absent.
    pub fn of(value: impl Fn(&str) -> Option<String>) -> Self {
        let on = |key: &str, word: &str| value(key).as_deref() == Some(word);
        Self {
            text: value("q").unwrap_or_default(),
            filters: value("f").unwrap_or_default(),
            literal: on("as", "text"),
            exact: on("case", "exact"),
            sort: value("sort").as_deref().and_then(sort_of).unwrap_or_default(),
            after: value("after").and_then(|text| text.parse().ok()),
            columns: value("cols").unwrap_or_default(),
        }
    }

    /// The search that a whole query stands for, read as this one is.
    pub fn with_query(&self, query: &str) -> Self {
        Self { text: query.to_owned(), filters: String::new(), after: None, ..self.clone() }.tokenised()
    }

    /// The values of its address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |key, value: String| {
            if !value.is_empty() {
                pairs.push((key, value));
            }
        };
        add("q", self.text.clone());
        add("f", self.filters.clone());
        add("as", if self.literal { "text" } else { "" }.to_owned());
        add("case", if self.exact { "exact" } else { "" }.to_owned());
        add("sort", if self.sort == Sort::default() { String::new() } else { sort_word(self.sort) });
        add("cols", self.columns.clone());
        add("after", self.after.as_ref().map(ToString::to_string).unwrap_or_default());
        pairs
    }

    /// Its address.
    pub fn path(&self) -> String {
        paths::with_query(paths::EXPLORE, &self.pairs())
    }

    /// The whole query, as the server, the API and the command line read it.
    pub fn query(&self) -> String {
        match (self.text.trim(), self.filters.trim()) {
            (text, "") => text.to_owned(),
            ("", filters) => filters.to_owned(),
            (_, filters) => format!("{} {filters}", self.text),
        }
    }

    /// What the server is asked for: `limit` rows from the one at `offset`.
    pub fn request(&self, offset: usize, limit: usize) -> SearchRequest {
        SearchRequest {
            query: self.query(),
            scopes: SCOPES.to_vec(),
            literal: self.literal,
            case: if self.exact { Case::Exact } else { Case::Smart },
            sort: self.sort,
            limit,
            cursor: self.after.clone(),
            offset,
            ..SearchRequest::default()
        }
    }

    /// The filters that are tokens, by their place among all filters; where words are looked for is not one.
    pub fn tokens(&self) -> Vec<(usize, Term)> {
        let filters = read(&self.filters);
        let terms = filters.terms().iter().cloned().enumerate();
        terms.filter(|(_, term)| term.key != Some(Key::In)).collect()
    }

    /// Where words without a key are looked for.
    pub fn scopes(&self) -> Vec<Place> {
        let mut scopes = read(&self.query()).scopes().unwrap_or_else(|| SCOPES.to_vec());
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }

    /// The same search, from its first page, for another text.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self { text: text.into(), after: None, ..self.clone() }
    }

    fn with_filters(&self, filters: &Query) -> Self {
        Self { filters: filters.to_string(), after: None, ..self.clone() }
    }

    /// The same with the filters of its text made tokens; a text that cannot be read stays as it is.
    pub fn tokenised(&self) -> Self {
        let Ok(typed) = Query::parse(&self.text) else { return self.clone() };
        if typed.terms().iter().all(|term| term.key.is_none()) {
            return self.clone();
        }
        let (filters, words): (Vec<&Term>, Vec<&Term>) = typed.terms().iter().partition(|term| term.key.is_some());
        let all = filters.into_iter().fold(read(&self.filters), |query, term| query.with_term(term.clone()));
        let text = words.into_iter().fold(Query::default(), |query, term| query.with_term(term.clone()));
        self.with_filters(&all).with_text(text.to_string())
    }

    /// The same without one of its tokens.
    pub fn without_token(&self, at: usize) -> Self {
        self.with_filters(&read(&self.filters).without(at))
    }

    /// The same without its last token; nothing when it has none.
    pub fn without_last_token(&self) -> Option<Self> {
        self.tokens().last().map(|(at, _)| self.without_token(*at))
    }

    /// The same without any filter of a key.
    pub fn without_key(&self, key: Key) -> Self {
        let typed = Query::parse(&self.text).map_or_else(|_| self.text.clone(), |q| q.without_key(key).to_string());
        self.with_filters(&read(&self.filters).without_key(key)).with_text(typed)
    }

    /// The same with one value of a key chosen so.
    pub fn with_chosen(&self, key: Key, word: &str, chosen: Chosen) -> Self {
        let typed = Query::parse(&self.text);
        let text = typed.map_or_else(|_| self.text.clone(), |query| query.with(key, word, Chosen::No).to_string());
        self.with_filters(&read(&self.filters).with(key, word, chosen)).with_text(text)
    }

    /// The same with a place looked into that was not, or the other way round; never none.
    pub fn with_scope_toggled(&self, place: Place) -> Self {
        let mut scopes = self.scopes();
        match scopes.iter().position(|other| *other == place) {
            Some(at) if scopes.len() > 1 => drop(scopes.remove(at)),
            Some(_) => {}
            None => scopes.push(place),
        }
        let words: Vec<&str> = Place::ALL.into_iter().filter(|p| scopes.contains(p)).map(Place::word).collect();
        let rest = self.without_key(Key::In);
        if words == SCOPES.map(Place::word) {
            return rest;
        }
        rest.with_filters(&read(&rest.filters).with_term(Term::new(false, Some(Key::In), words.join(","))))
    }

    /// The same in another order.
    pub fn with_sort(&self, sort: Sort) -> Self {
        Self { sort, after: None, ..self.clone() }
    }

    /// Whether anything is looked for or filtered.
    pub fn is_narrowed(&self) -> bool {
        !self.query().is_empty()
    }
}

/// The query of a text; nothing of one that cannot be read.
fn read(text: &str) -> Query {
    Query::parse(text).unwrap_or_default()
}

/// The word of an order in the address: `name`, `-version`.
pub fn sort_word(sort: Sort) -> String {
    format!("{}{}", if sort.descending { "-" } else { "" }, sort.by.word())
}

fn sort_of(word: &str) -> Option<Sort> {
    let (descending, word) = word.strip_prefix('-').map_or((false, word), |word| (true, word));
    SortBy::from_word(word).map(|by| Sort { by, descending })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Search {
        Search { text: text.to_owned(), ..Search::default() }
    }

    fn of(path: &str) -> Search {
        Search::of(|key| crate::query::value_of(path.split_once('?').map_or("", |(_, query)| query), key))
    }

    #[test]
    fn a_search_survives_its_address() {
        let search = Search {
            text: "(a|b) +c".to_owned(),
            filters: "type:avro -context:.eu".to_owned(),
            literal: true,
            exact: true,
            sort: Sort { by: SortBy::Version, descending: true },
            after: Some(Cursor { rank: 7, subject: "x/y".to_owned(), registry: "default".to_owned() }),
            columns: "type.id".to_owned(),
        };
        assert_eq!(of(&search.path()), search);
        assert_eq!(Search::default().path(), "/");
        assert_eq!(of("/?sort=upside&after=nowhere&as=music"), Search::default());
    }

    #[test]
    fn typed_filters_become_tokens_and_words_stay() {
        let search = typed("order type:avro -context:.eu \"point of\"").tokenised();
        assert_eq!((search.text.as_str(), search.filters.as_str()), ("order \"point of\"", "type:avro -context:.eu"));
        assert_eq!(search.tokens().len(), 2);
        assert_eq!(search.query(), "order \"point of\" type:avro -context:.eu");
        assert_eq!(typed("order (").tokenised(), typed("order ("));
    }

    #[test]
    fn tokens_are_taken_away_one_by_one() {
        let search = typed("type:avro deleted:yes x").tokenised();
        assert_eq!(search.without_token(0).filters, "deleted:yes");
        let last = search.without_last_token().unwrap();
        assert_eq!(last.filters, "type:avro");
        assert_eq!(typed("x").without_last_token(), None);
    }

    #[test]
    fn a_facet_chooses_excludes_and_forgets_wherever_the_filter_was_typed() {
        let search = typed("order type:avro");
        let left_out = search.with_chosen(Key::Type, "avro", Chosen::Excluded);
        assert_eq!((left_out.text.as_str(), left_out.filters.as_str()), ("order", "-type:avro"));
        assert_eq!(left_out.with_chosen(Key::Type, "avro", Chosen::No).query(), "order");
    }

    #[test]
    fn where_words_are_looked_for_is_kept_only_where_it_differs_and_never_empty() {
        let with_doc = typed("x").with_scope_toggled(Place::Doc);
        assert_eq!(with_doc.filters, "in:subject,record,field,doc");
        assert_eq!(with_doc.with_scope_toggled(Place::Doc).filters, "");
        let one = typed("in:doc x").with_scope_toggled(Place::Doc);
        assert_eq!(one.scopes(), [Place::Doc]);
        assert!(one.tokens().is_empty());
    }

    #[test]
    fn another_text_begins_at_the_first_page() {
        let after = Some(Cursor { rank: 0, subject: "x".to_owned(), registry: String::new() });
        let later = Search { after, ..typed("a") };
        assert_eq!(later.with_text("b").after, None);
        assert_eq!(later.with_query("b type:json").filters, "type:json");
    }
}
