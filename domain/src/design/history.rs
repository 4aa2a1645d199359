//! Undo and redo over designs.
use super::{Design, Edit, EditError};

/// How many steps can be taken back.
pub const MAX_UNDO: usize = 200;

/// A design with its past and future.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    past: Vec<Design>,
    present: Design,
    future: Vec<Design>,
}

impl History {
    /// A history that starts at this design.
    pub fn new(design: Design) -> Self {
        Self { present: design, ..Self::default() }
    }

    /// The design as it is now.
    pub fn present(&self) -> &Design {
        &self.present
    }

    /// Applies an edit; the future is forgotten. True if it changed anything.
    pub fn apply(&mut self, edit: &Edit) -> Result<bool, EditError> {
        let next = self.present.apply(edit)?;
        if next == self.present {
            return Ok(false);
        }
        self.past.push(std::mem::replace(&mut self.present, next));
        if self.past.len() > MAX_UNDO {
            self.past.remove(0);
        }
        self.future.clear();
        Ok(true)
    }

    /// Replaces the whole design as one step: a reset of everything, or a newer draft.
    pub fn replace(&mut self, design: Design) {
        if design != self.present {
            self.past.push(std::mem::replace(&mut self.present, design));
            self.future.clear();
        }
    }

    /// Takes the last step back; false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(design) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.present, design));
        true
    }

    /// Takes the last undone step again; false if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(design) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.present, design));
        true
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is an undone step.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Change;
    use crate::schema::FieldPath;

    fn rename(name: &str) -> Edit {
        Edit { path: FieldPath::of(["a"]), change: Change::Rename(name.into()) }
    }

    #[test]
    fn undo_and_redo_walk_the_same_designs() {
        let mut history = History::default();
        assert_eq!(history.apply(&rename("X")), Ok(true));
        assert_eq!(history.apply(&rename("X")), Ok(false), "an equal edit is no step");
        assert_eq!(history.apply(&rename("Y")), Ok(true));
        let last = history.present().clone();
        assert!(history.undo() && history.undo() && !history.undo());
        assert_eq!(history.present(), &Design::default());
        assert!(history.redo() && history.redo() && !history.redo());
        assert_eq!(history.present(), &last);
    }

    #[test]
    fn an_edit_forgets_the_undone_future() {
        let mut history = History::default();
        history.apply(&rename("X")).unwrap();
        history.undo();
        history.apply(&rename("Y")).unwrap();
        assert!(!history.can_redo() && history.can_undo());
    }

    #[test]
    fn the_past_is_bounded() {
        let mut history = History::default();
        for i in 0..MAX_UNDO + 10 {
            history.apply(&rename(&format!("N{i}"))).unwrap();
        }
        assert_eq!(std::iter::from_fn(|| history.undo().then_some(())).count(), MAX_UNDO);
    }
}
