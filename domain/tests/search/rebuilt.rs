//! An index made of the one before and what changed is the index made anew.

use domain::search::{Entry, SearchRequest, Sort, SortBy};
use proptest::prelude::*;

use crate::world::{entries, index, indexed_again, overlay, page};

fn key(entry: &Entry) -> (String, String) {
    (entry.registry.clone(), entry.subject.to_string())
}

proptest! {
    #[test]
    fn changes_and_removals_give_what_building_anew_gives(before in entries(), after in entries(), keep in 0usize..4) {
        let old = index(&before, 1);
        // Some of the old entries stay as they were.
        let kept: Vec<Entry> = before.iter().enumerate().filter(|(at, _)| at % 4 < keep).map(|(_, e)| e.clone()).collect();
        let mut expected: Vec<Entry> = after.clone();
        expected.extend(kept.iter().filter(|old| !after.iter().any(|new| key(new) == key(old))).cloned());
        expected.sort_by(|a, b| (&a.subject, &a.registry).cmp(&(&b.subject, &b.registry)));
        let gone: Vec<_> = before.iter().map(key).filter(|old| !expected.iter().any(|new| key(new) == *old)).collect();
        let (again, anew) = (indexed_again(old, &after, &gone, 2), index(&expected, 2));
        prop_assert_eq!(again.len(), expected.len());
        for query in ["", "in:subject,field,doc,record,fieldtype,tag e", "field:id version:old", "type:avro -context:default"] {
            let sort = Sort { by: SortBy::Name, descending: false };
            let request = SearchRequest { query: query.into(), limit: 500, sort, ..SearchRequest::default() };
            let overlay = overlay(&expected);
            prop_assert_eq!(page(&again, &overlay, &request), page(&anew, &overlay, &request));
        }
        // What nobody has any more is forgotten.
        for ((part, again), (other, anew)) in again.sizes().parts.iter().zip(&anew.sizes().parts) {
            prop_assert_eq!(part, other);
            prop_assert!(*again <= *anew + 64, "{}: {} instead of {}", part, again, anew);
        }
    }
}
