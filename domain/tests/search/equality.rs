//! The index answers every request as the search without an index does.

use domain::search::{Case, Place, SearchRequest, Sort, SortBy, naive};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::world::{entries, index, overlay, page};

const TERMS: [&str; 54] = [
    "order",
    "Order",
    "cart",
    "^order",
    "^(order|cart)",
    "-value$",
    "placed$",
    "e",
    ".*",
    "x*",
    "o.*d",
    "^.*placed.*$",
    "[oc].+d",
    "(?i)PAY",
    "order_placed",
    "zzz",
    "\"order of\"",
    "\\bup\\b",
    "\\w+-value",
    "ü",
    "k",
    "[^a]rt",
    "(a|)b?",
    "$",
    "^$",
    "\\.",
    "c\\b",
    "subject:cart",
    "record:Order",
    "field:id",
    "field:^item",
    "field:.*",
    "fieldtype:^decimal",
    "doc:of",
    "tag:pii",
    "type:avro",
    "type:avro,json",
    "context:eu",
    "context:default,us",
    "registry:eu",
    "registry:none",
    "compatibility:none,unknown",
    "compatibility:full",
    "onboarded:no",
    "onboarded:live,draft",
    "onboarded:behind",
    "deleted:yes",
    "deleted:no",
    "owner:\"person 1\"",
    "owner:nobody",
    "version:2",
    "version:>1",
    "version:<=1",
    "id:7,8,9",
];

fn query() -> impl Strategy<Value = String> {
    let more = select(vec![
        "version:newest",
        "version:old",
        "in:subject,field,doc,record,fieldtype,tag",
        "in:doc",
        "in:field",
    ]);
    let term = (prop::bool::weighted(0.2), select(TERMS.to_vec()))
        .prop_map(|(excluded, term)| format!("{}{term}", if excluded { "-" } else { "" }));
    (vec(term, 0..4), prop::option::weighted(0.5, more)).prop_map(|(mut terms, more)| {
        terms.extend(more.map(str::to_owned));
        terms.join(" ")
    })
}

fn request() -> impl Strategy<Value = SearchRequest> {
    let scopes = vec(select(Place::ALL.to_vec()), 0..4);
    let sort = (select(SortBy::ALL.to_vec()), any::<bool>()).prop_map(|(by, descending)| Sort { by, descending });
    let case = prop_oneof![Just(Case::Smart), Just(Case::Exact)];
    (query(), scopes, any::<bool>(), case, sort, 1usize..8, 0usize..12).prop_map(
        |(query, scopes, literal, case, sort, limit, offset)| SearchRequest {
            query,
            scopes,
            literal,
            case,
            sort,
            limit,
            offset,
            ..SearchRequest::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn an_index_answers_as_a_search_of_every_entry_does(entries in entries(), requests in vec(request(), 1..8)) {
        let (built, overlay) = (index(&entries, 1), overlay(&entries));
        for request in requests {
            let mut expected = naive::search(&entries, &overlay, &request);
            prop_assert_eq!(&page(&built, &overlay, &request), &expected, "{:?}", request);
            while let Some(cursor) = expected.next {
                let next = SearchRequest { cursor: Some(cursor), ..request.clone() };
                expected = naive::search(&entries, &overlay, &next);
                prop_assert_eq!(&page(&built, &overlay, &next), &expected, "{:?}", next);
            }
        }
    }

    #[test]
    fn rows_alone_are_the_rows_of_the_whole_answer(entries in entries(), request in request()) {
        let (built, overlay) = (index(&entries, 1), overlay(&entries));
        let whole = page(&built, &overlay, &SearchRequest { offset: 0, ..request.clone() });
        let rows = page(&built, &overlay, &SearchRequest { offset: 0, rows_only: true, ..request });
        prop_assert_eq!(rows.rows, whole.rows);
        prop_assert_eq!(rows.next, whole.next);
        prop_assert!(rows.matched.count() <= whole.matched.count());
    }
}
