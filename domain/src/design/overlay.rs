//! One design over another: a preset below, the user's own edits on top.

use super::Design;

impl Design {
    /// This design with every edit of `top` over it.
    #[must_use]
    pub fn overridden_by(&self, top: &Self) -> Self {
        let mut design = self.clone();
        for (path, edit) in &top.columns {
            design.columns.entry(path.clone()).or_default().merge(edit);
        }
        design.computed.extend(top.computed.iter().map(|(id, column)| (id.clone(), column.clone())));
        design.event.merge(&top.event);
        design.table.merge(&top.table);
        design.load.merge(&top.load);
        design.topic.merge(&top.topic);
        design.sink_job.merge(&top.sink_job);
        design.sql_application.merge(&top.sql_application);
        design
    }
}
