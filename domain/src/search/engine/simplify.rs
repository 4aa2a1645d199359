//! A pattern made smaller, when all that is asked is whether a line has a match: `.*order.*` is `order`, `(a+)+$` is `a$`.

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use super::rewrite::any_of_line;

/// One end of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Left,
    Right,
}

/// A pattern that matches somewhere in the same lines; it was [made for lines](super::rewrite::for_lines).
pub fn simplified(pattern: &Hir, ascii: bool) -> Hir {
    strip(strip(pattern.clone(), End::Left, ascii), End::Right, ascii)
}

fn strip(pattern: Hir, end: End, ascii: bool) -> Hir {
    if vanishes(&pattern) {
        return Hir::empty();
    }
    match pattern.into_kind() {
        HirKind::Concat(subs) => strip_concat(subs, end, ascii),
        HirKind::Alternation(subs) => {
            let subs: Vec<Hir> = subs.into_iter().map(|sub| strip(sub, end, ascii)).collect();
            if subs.iter().any(vanishes) { Hir::empty() } else { Hir::alternation(subs) }
        }
        HirKind::Repetition(Repetition { min: 1, sub, .. }) => strip(*sub, end, ascii),
        HirKind::Repetition(repeated) => {
            Hir::repetition(Repetition { max: Some(repeated.min), greedy: true, min: repeated.min, sub: repeated.sub })
        }
        kind => of_kind(kind),
    }
}

fn strip_concat(mut subs: Vec<Hir>, end: End, ascii: bool) -> Hir {
    if end == End::Left {
        subs.reverse();
    }
    // The end that is stripped is now the last.
    while let Some(edge) = subs.pop() {
        let whole_line = |next: &Hir| is_anchor(&edge, end) && takes_anything(next, ascii);
        if vanishes(&edge) {
            continue;
        }
        if subs.last().is_some_and(whole_line) {
            subs.pop();
            continue;
        }
        subs.push(strip(edge, end, ascii));
        break;
    }
    if end == End::Left {
        subs.reverse();
    }
    Hir::concat(subs)
}

/// Whether it can match nothing, wherever it stands.
fn vanishes(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Empty => true,
        HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
        HirKind::Repetition(repeated) => repeated.min == 0 || vanishes(&repeated.sub),
        HirKind::Capture(capture) => vanishes(&capture.sub),
        HirKind::Concat(subs) => subs.iter().all(vanishes),
        HirKind::Alternation(subs) => subs.iter().any(vanishes),
    }
}

fn is_anchor(pattern: &Hir, end: End) -> bool {
    let anchor = if end == End::Left { Look::StartLF } else { Look::EndLF };
    matches!(pattern.kind(), HirKind::Look(look) if *look == anchor)
}

/// Whether it is `.*`: then it is no use to have begun at the start of the line.
fn takes_anything(pattern: &Hir, ascii: bool) -> bool {
    let HirKind::Repetition(Repetition { min: 0, max: None, sub, .. }) = pattern.kind() else { return false };
    let HirKind::Class(Class::Unicode(class)) = sub.kind() else { return false };
    let mut left_out = any_of_line(ascii);
    left_out.difference(class);
    left_out.ranges().is_empty()
}

fn of_kind(kind: HirKind) -> Hir {
    match kind {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Repetition(repeated) => Hir::repetition(repeated),
        HirKind::Capture(capture) => Hir::capture(capture),
        HirKind::Concat(subs) => Hir::concat(subs),
        HirKind::Alternation(subs) => Hir::alternation(subs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::engine::rewrite::for_lines;

    fn small(pattern: &str) -> String {
        let parsed = regex_syntax::Parser::new().parse(pattern).unwrap();
        simplified(&for_lines(&parsed, true).unwrap(), true).to_string()
    }

    fn plain(pattern: &str) -> String {
        let parsed = regex_syntax::Parser::new().parse(pattern).unwrap();
        for_lines(&parsed, true).unwrap().to_string()
    }

    #[test]
    fn what_may_be_empty_at_an_edge_vanishes() {
        for (pattern, small_pattern) in [
            (".*order.*", "order"),
            ("^.*order.*$", "order"),
            ("(a+)+$", "(?m)a$"),
            ("v[0-9]+", "v[0-9]"),
            ("x?(y|z*)order{2,5}", "order{2}"),
            (".*", ""),
            ("a*|b", ""),
            ("^(.*a|.*b)$", "^(.*a|.*b)$"),
            ("^.+a", "^.+a"),
            (r"\b*a", "a"),
        ] {
            assert_eq!(small(pattern), plain(small_pattern), "{pattern}");
        }
    }
}
