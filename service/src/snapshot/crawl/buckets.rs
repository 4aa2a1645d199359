//! Cuts the sorted names into disjoint prefixes, so that each page of a bulk listing is near the beginning of its range: a registry walks
//! through everything that it skips.

use std::ops::Range;

use domain::subject::SubjectName;

/// Neighbouring subjects that one prefix names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The prefix; `None` for one subject that so many others begin with that it is read by itself.
    pub prefix: Option<String>,
    /// Where its subjects are among the names.
    pub span: Range<usize>,
}

/// The bucket that begins at this place, with at most so many subjects; nothing at the end.
pub fn next(names: &[SubjectName], from: usize, most: usize) -> Option<Bucket> {
    let first = names.get(from)?;
    let before = from.checked_sub(1).and_then(|before| names.get(before));
    if before.is_none() && names.len() <= most && names.iter().all(|name| name.context().is_none()) {
        return Some(Bucket { prefix: Some(String::new()), span: 0..names.len() });
    }
    // A prefix that names no context means the default one, so that of another context holds all of it.
    let context = first.as_str().len() - first.unqualified().len();
    let shared = before.map_or(0, |before| common(before.as_str(), first.as_str()));
    let shortest = if shared < context { context } else { shared + 1 };
    let ends = first.as_str().char_indices().map(|(at, c)| at + c.len_utf8());
    let ends = (context > 0).then_some(context).into_iter().chain(ends.filter(|end| *end > context));
    for end in ends.filter(|end| *end >= shortest) {
        let Some(prefix) = first.as_str().get(..end) else { continue };
        let rest = names.get(from..).unwrap_or_default();
        let count = rest.partition_point(|name| name.as_str().starts_with(prefix));
        if count <= most {
            return Some(Bucket { prefix: Some(prefix.to_owned()), span: from..from + count });
        }
    }
    Some(Bucket { prefix: None, span: from..from + 1 })
}

/// How many bytes both begin with.
fn common(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(texts: &[&str]) -> Vec<SubjectName> {
        let mut names: Vec<_> = texts.iter().map(|text| SubjectName::parse(*text).unwrap()).collect();
        names.sort();
        names.dedup();
        names
    }

    fn all(names: &[SubjectName], most: usize) -> Vec<Bucket> {
        let mut buckets: Vec<Bucket> = Vec::new();
        while let Some(bucket) = next(names, buckets.last().map_or(0, |last| last.span.end), most) {
            buckets.push(bucket);
        }
        buckets
    }

    fn prefixes(names: &[SubjectName], most: usize) -> Vec<Option<String>> {
        all(names, most).into_iter().map(|bucket| bucket.prefix).collect()
    }

    #[test]
    fn few_subjects_are_one_bucket_and_contexts_are_never_mixed() {
        assert_eq!(prefixes(&names(&["a", "b"]), 2), [Some(String::new())]);
        let mixed = names(&[":.eu:a", ":.eu:b", ":.us:a", "x"]);
        assert_eq!(prefixes(&mixed, 10), [":.eu:", ":.us:", "x"].map(|p| Some(p.to_owned())));
    }

    #[test]
    fn a_subject_that_many_others_begin_with_is_read_by_itself() {
        let many = names(&["a", "ab", "abc", "abd", "b"]);
        assert_eq!(prefixes(&many, 2), [None, None, Some("abc".into()), Some("abd".into()), Some("b".into())]);
    }

    proptest! {
        #[test]
        fn every_subject_is_in_exactly_one_bucket_which_names_nothing_else(
            texts in proptest::collection::vec("(:\\.(eu|e):)?[ab.ü]{1,6}", 1..80),
            most in 1..12usize,
        ) {
            let mut names: Vec<_> = texts.iter().map(|text| SubjectName::parse(text.as_str()).unwrap()).collect();
            names.sort();
            names.dedup();
            let mut at = 0;
            for bucket in all(&names, most) {
                prop_assert_eq!(bucket.span.start, at);
                prop_assert!(bucket.span.end > at && bucket.span.len() <= most.max(1));
                at = bucket.span.end;
                let Some(prefix) = bucket.prefix else { continue };
                let context = names[bucket.span.start].context();
                let within = |name: &SubjectName| name.context() == context && name.as_str().starts_with(&prefix);
                let named: Vec<usize> = (0..names.len()).filter(|at| within(&names[*at])).collect();
                prop_assert_eq!(named, bucket.span.collect::<Vec<_>>());
            }
            prop_assert_eq!(at, names.len());
        }
    }
}
