//! A request that was understood: filters, and patterns with the places that each is looked for in.

use super::query::{Filter, Key, Query, VersionIs, escape};
use super::{Case, Pattern, PatternError, Place, SearchRequest};

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The query.
    pub query: Query,
    /// The patterns, in the order of the query.
    pub texts: Vec<TextTerm>,
    /// The other filters, in the order of the query.
    pub filters: Vec<FilterTerm>,
    /// Which versions' texts count: all, unless the query says otherwise.
    pub versions: Option<VersionIs>,
}

/// One pattern.
#[derive(Debug, Clone)]
pub struct TextTerm {
    /// Which term of the query it is.
    pub at: usize,
    /// Whether what matches is left out.
    pub excluded: bool,
    /// Whether it has no key, so that it counts for the ranking.
    pub bare: bool,
    /// Where it is looked for, each place once.
    pub places: Vec<Place>,
    /// What is looked for.
    pub pattern: Pattern,
    /// The text that names begin with which match best: the pattern itself, where it is plain text.
    pub plain: Option<String>,
}

/// One filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterTerm {
    /// Whether what it holds for is left out.
    pub excluded: bool,
    /// Its key.
    pub key: Key,
    /// Its value.
    pub filter: Filter,
}

impl Asked {
    /// Understands a request, or says why not, with a column of its query.
    pub fn of(request: &SearchRequest) -> Result<Self, PatternError> {
        let query = Query::parse(&request.query)?;
        let scopes = scopes(&query, request);
        let (mut texts, mut filters, mut versions) = (Vec::new(), Vec::new(), None);
        for (at, term) in query.terms().iter().enumerate() {
            let (bare, places, text) = match term.filter() {
                Ok(Some(Filter::Text(place, text))) => (false, vec![place], text),
                Ok(Some(Filter::Version(is @ (VersionIs::Newest | VersionIs::Old)))) => {
                    let other = if is == VersionIs::Newest { VersionIs::Old } else { VersionIs::Newest };
                    versions = Some(if term.excluded { other } else { is });
                    continue;
                }
                Ok(Some(Filter::In(_))) | Err(_) => continue,
                Ok(Some(filter)) => {
                    filters.extend(term.key.map(|key| FilterTerm { excluded: term.excluded, key, filter }));
                    continue;
                }
                Ok(None) if request.literal => (true, scopes.clone(), escape(&term.text)),
                Ok(None) => (true, scopes.clone(), term.text.clone()),
            };
            let pattern = Pattern::parse_in(&text, request.case).map_err(|wrong| query.wrong_pattern(at, wrong))?;
            let plain = (bare && (request.literal || escape(&term.text) == term.text)).then(|| term.text.clone());
            texts.push(TextTerm { at, excluded: term.excluded, bare, places, pattern, plain });
        }
        Ok(Self { query, texts, filters, versions })
    }
}

fn scopes(query: &Query, request: &SearchRequest) -> Vec<Place> {
    let mut scopes = query.scopes().unwrap_or_else(|| request.scopes.clone());
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() { vec![Place::Subject] } else { scopes }
}

impl Case {
    /// Whether a pattern of this text is matched whatever its case.
    pub(super) fn ignores(self, pattern: &regex_syntax::ast::Ast) -> bool {
        self == Self::Smart && !super::pattern::has_upper(pattern)
    }
}
