//! Pieces of sentences.

/// How many things a list names before it counts the rest.
const NAMED: usize = 4;

/// `"A"`, `"A" and "B"`, `"A", "B" and 7 more`.
pub fn list(quoted: &[String]) -> String {
    let named = &quoted[..quoted.len().min(NAMED)];
    match (named, quoted.len() - named.len()) {
        ([], _) => "nothing".to_owned(),
        ([one], 0) => one.clone(),
        ([before @ .., last], 0) => format!("{} and {last}", before.join(", ")),
        (named, more) => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn a_list_names_a_few_and_counts_the_rest() {
        let names = |count: usize| (0..count).map(|i| format!("s{i}")).collect::<Vec<_>>();
        assert_eq!(list(&names(1)), "s0");
        assert_eq!(list(&names(2)), "s0 and s1");
        assert_eq!(list(&names(4)), "s0, s1, s2 and s3");
        assert_eq!(list(&names(9)), "s0, s1, s2, s3 and 5 more");
    }
}
