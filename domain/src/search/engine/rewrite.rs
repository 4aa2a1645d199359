//! A pattern made ready for whole lines: anchors become anchors of lines, nothing matches a line break, and where all lines are
//! ASCII the pattern is too, which makes its program many times smaller.

use regex_syntax::hir::{
    Capture, Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition,
};

/// A pattern that looks for carriage returns cannot be made to look at lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotByLines;

/// The pattern for lines. It matches in a line exactly where the pattern matches in the line's text alone.
pub fn for_lines(pattern: &Hir, ascii: bool) -> Result<Hir, NotByLines> {
    let each = |subs: &[Hir]| subs.iter().map(|sub| for_lines(sub, ascii)).collect::<Result<Vec<_>, _>>();
    Ok(match pattern.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) if literal.0.contains(&b'\n') => Hir::fail(),
        HirKind::Literal(literal) => Hir::literal(literal.0.clone()),
        HirKind::Class(class) => Hir::class(without_breaks(class, ascii)),
        HirKind::Look(look) => Hir::look(of_line(*look, ascii)?),
        HirKind::Repetition(repeated) => Hir::repetition(Repetition {
            min: repeated.min,
            max: repeated.max,
            greedy: repeated.greedy,
            sub: Box::new(for_lines(&repeated.sub, ascii)?),
        }),
        HirKind::Capture(Capture { sub, .. }) => for_lines(sub, ascii)?,
        HirKind::Concat(subs) => Hir::concat(each(subs)?),
        HirKind::Alternation(subs) => Hir::alternation(each(subs)?),
    })
}

/// The pattern for single texts of a pattern for lines.
pub fn of_text(pattern: &Hir) -> Hir {
    match pattern.kind() {
        HirKind::Look(Look::StartLF) => Hir::look(Look::Start),
        HirKind::Look(Look::EndLF) => Hir::look(Look::End),
        HirKind::Repetition(repeated) => Hir::repetition(repeated.with(of_text(&repeated.sub))),
        HirKind::Concat(subs) => Hir::concat(subs.iter().map(of_text).collect()),
        HirKind::Alternation(subs) => Hir::alternation(subs.iter().map(of_text).collect()),
        _ => pattern.clone(),
    }
}

/// Every character that a line can have.
pub fn any_of_line(ascii: bool) -> ClassUnicode {
    let last = if ascii { '\x7f' } else { char::MAX };
    ClassUnicode::new([ClassUnicodeRange::new('\0', '\x09'), ClassUnicodeRange::new('\x0b', last)])
}

fn without_breaks(class: &Class, ascii: bool) -> Class {
    match class {
        Class::Unicode(class) => {
            let mut class = class.clone();
            class.intersect(&any_of_line(ascii));
            Class::Unicode(class)
        }
        Class::Bytes(class) => {
            let mut class = class.clone();
            let last = if ascii { 0x7f } else { 0xff };
            class.intersect(&ClassBytes::new([ClassBytesRange::new(0, 9), ClassBytesRange::new(11, last)]));
            Class::Bytes(class)
        }
    }
}

fn of_line(look: Look, ascii: bool) -> Result<Look, NotByLines> {
    Ok(match look {
        Look::Start | Look::StartLF => Look::StartLF,
        Look::End | Look::EndLF => Look::EndLF,
        Look::StartCRLF | Look::EndCRLF => return Err(NotByLines),
        Look::WordUnicode if ascii => Look::WordAscii,
        Look::WordUnicodeNegate if ascii => Look::WordAsciiNegate,
        Look::WordStartUnicode if ascii => Look::WordStartAscii,
        Look::WordEndUnicode if ascii => Look::WordEndAscii,
        Look::WordStartHalfUnicode if ascii => Look::WordStartHalfAscii,
        Look::WordEndHalfUnicode if ascii => Look::WordEndHalfAscii,
        other => other,
    })
}
