//! From one design to the next: a change to what would be generated anyway is no edit, so it is taken out instead of kept.

use domain::design::{Change, Design, Edit, EditError};

/// The design after `edit`; `is_default` says that its value is what the generator gives without it.
pub fn after(design: &Design, edit: &Edit, is_default: bool) -> Result<Design, EditError> {
    design.apply_all(&meant(edit, is_default))
}

/// The edits that say it: the edit itself, or what takes it back where its value is what the generator gives anyway.
pub fn meant(edit: &Edit, is_default: bool) -> Vec<Edit> {
    let back = |part| Edit { path: edit.path.clone(), change: Change::TakeBack(part) };
    if is_default { edit.change.parts().into_iter().map(back).collect() } else { vec![edit.clone()] }
}

#[cfg(test)]
mod tests {
    use domain::schema::FieldPath;

    use super::*;

    fn edit(path: &str, change: Change) -> Edit {
        Edit { path: path.parse().unwrap(), change }
    }

    #[test]
    fn going_back_to_the_generated_value_leaves_no_trace() {
        let start = Design::default();
        for change in [
            Change::Keep(true),
            Change::Rename("A".into()),
            Change::Type("VARCHAR".into()),
            Change::Nullable(true),
            Change::Comment(String::new()),
            Change::Expand(false),
        ] {
            let there = edit("a", change);
            let edited = after(&start, &there, false).unwrap();
            assert_eq!(edited.edit_count(), 1, "{there:?}");
            assert_eq!(after(&edited, &there, true).unwrap(), start, "{there:?}");
        }
        for change in [
            Change::Rename("T".into()),
            Change::Comment("c".into()),
            Change::RetentionDays(Some(3)),
            Change::ClusterByDay(true),
        ] {
            let there = Edit { path: FieldPath::root(), change };
            let edited = after(&start, &there, false).unwrap();
            assert_eq!(edited.edit_count(), 1, "{there:?}");
            assert_eq!(after(&edited, &there, true).unwrap(), start, "{there:?}");
        }
    }

    #[test]
    fn other_edits_of_the_same_column_stay() {
        let renamed = after(&Design::default(), &edit("a", Change::Rename("X".into())), false).unwrap();
        let dropped = after(&renamed, &edit("a", Change::Keep(false)), false).unwrap();
        assert_eq!(after(&dropped, &edit("a", Change::Keep(true)), true).unwrap(), renamed);
    }
}
