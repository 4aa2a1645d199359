//! Searches that people keep under a name; each leads to the address that says all of it, which can be shared.

use domain::policy::{Action, Actor};
use serde_json::json;

use super::{Console, authorise};
use crate::error::Error;
use crate::ports::store::{NewSearch, SavedSearch};

const MAX_NAME_CHARS: usize = 80;
const MAX_QUERY_BYTES: usize = 8_000;
const MAX_SEARCHES: usize = 100;

impl Console {
    /// Keeps a search: `query` is that of Explore's address, without its question mark. The same name again replaces it.
    pub async fn save_search(&self, actor: &Actor, name: &str, query: &str) -> Result<SavedSearch, Error> {
        authorise(actor, Action::ManageOwnSearches)?;
        let (name, query) = (name.trim(), query.trim_start_matches('?'));
        if name.is_empty() {
            return Err(Error::Invalid("Give the search a name.".into()));
        }
        let length = name.chars().count();
        if length > MAX_NAME_CHARS {
            return Err(Error::Invalid(format!(
                "A search's name can have {MAX_NAME_CHARS} characters; this one has {length}."
            )));
        }
        if !is_query(query) {
            return Err(Error::Invalid("This search is not the query of an address of Explore.".into()));
        }
        let known = self.store().saved_searches(&actor.name).await?;
        if known.len() >= MAX_SEARCHES && known.iter().all(|search| search.name != name) {
            return Err(Error::Invalid(format!("You keep {MAX_SEARCHES} searches. Forget one first.")));
        }
        let search =
            NewSearch { user: actor.name.clone(), name: name.to_owned(), query: query.to_owned(), at: self.now() };
        let audit = self.audit(actor, "search-saved", "", json!({ "name": name }));
        Ok(self.store().save_search(search, audit).await?)
    }

    /// The actor's searches, by name.
    pub async fn saved_searches(&self, actor: &Actor) -> Result<Vec<SavedSearch>, Error> {
        authorise(actor, Action::ManageOwnSearches)?;
        Ok(self.store().saved_searches(&actor.name).await?)
    }

    /// Forgets one of the actor's searches.
    pub async fn forget_search(&self, actor: &Actor, id: i64) -> Result<(), Error> {
        authorise(actor, Action::ManageOwnSearches)?;
        let audit = self.audit(actor, "search-forgotten", format!("search:{id}"), json!({}));
        if self.store().forget_search(&actor.name, id, audit).await? {
            Ok(())
        } else {
            Err(Error::NotFound(format!("You have no search {id}.")))
        }
    }
}

/// Whether this can be the query of an address, as browsers write it: what is not visible ASCII is percent-encoded.
fn is_query(text: &str) -> bool {
    text.len() <= MAX_QUERY_BYTES && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_query_of_an_address_is_kept() {
        assert!(is_query("q=%C3%BC+order&type=avro") && is_query(""));
        let long = "q".repeat(MAX_QUERY_BYTES + 1);
        for hostile in ["q=ü", "q=a\nb", "q=a b", "q=a#b", "q=\0", long.as_str()] {
            assert!(!is_query(hostile), "{hostile:?}");
        }
    }
}
