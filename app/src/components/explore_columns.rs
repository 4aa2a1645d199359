//! Which columns the list has besides the subject: chosen in a menu, kept in the address and in a cookie.

use leptos::prelude::*;

use super::explore_state::Search;
use crate::api::ctx;
use crate::ui::{Glyph, Icon, IconSize, Menu};

/// A column that can be shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Matched,
    Type,
    Version,
    Versions,
    Fields,
    Id,
    Compatibility,
    Registry,
    Owner,
    Onboarded,
}

impl Column {
    /// All of them, in the order in which they stand.
    pub const ALL: [Self; 10] = [
        Self::Matched,
        Self::Type,
        Self::Version,
        Self::Versions,
        Self::Fields,
        Self::Id,
        Self::Compatibility,
        Self::Registry,
        Self::Owner,
        Self::Onboarded,
    ];

    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Matched => "Matched in",
            Self::Type => "Type",
            Self::Version => "Version",
            Self::Versions => "Versions",
            Self::Fields => "Fields",
            Self::Id => "Schema id",
            Self::Compatibility => "Compatibility",
            Self::Registry => "Registry",
            Self::Owner => "Owner",
            Self::Onboarded => "Onboarded",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Type => "type",
            Self::Version => "version",
            Self::Versions => "versions",
            Self::Fields => "fields",
            Self::Id => "id",
            Self::Compatibility => "compatibility",
            Self::Registry => "registry",
            Self::Owner => "owner",
            Self::Onboarded => "onboarded",
        }
    }

    /// Whether it holds numbers.
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Version | Self::Versions | Self::Fields | Self::Id)
    }

    /// The class of its width.
    pub const fn width(self) -> &'static str {
        match self {
            Self::Matched => "cw-match",
            Self::Version | Self::Versions | Self::Fields => "cw-count",
            Self::Type => "cw-type",
            Self::Id => "cw-sm",
            Self::Compatibility | Self::Registry | Self::Owner => "cw-md",
            Self::Onboarded => "cw-state",
        }
    }
}

/// The shown columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(pub Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Self(vec![Column::Matched, Column::Type, Column::Version, Column::Onboarded])
    }
}

impl Columns {
    /// The columns of a text, `type.version`; the usual ones when it names none. `none` is the subject alone.
    pub fn parse(text: &str) -> Self {
        let words: Vec<&str> = text.split('.').collect();
        let chosen: Vec<Column> = Column::ALL.into_iter().filter(|column| words.contains(&column.word())).collect();
        if chosen.is_empty() && text != "none" { Self::default() } else { Self(chosen) }
    }

    /// The text that stands for them.
    pub fn text(&self) -> String {
        if self.0.is_empty() {
            return "none".to_owned();
        }
        self.0.iter().map(|column| column.word()).collect::<Vec<_>>().join(".")
    }

    /// The same with one column shown that was not, or the other way round.
    #[must_use]
    pub fn toggled(&self, column: Column) -> Self {
        let shown = |other: &Column| self.0.contains(other) != (*other == column);
        Self(Column::ALL.into_iter().filter(shown).collect())
    }

    /// The columns of the address, or else those that were kept.
    pub fn of(search: &Search) -> Self {
        let kept = || ctx::kept("columns").map_or_else(Self::default, |text| Self::parse(&text));
        if search.columns.is_empty() { kept() } else { Self::parse(&search.columns) }
    }
}

/// The menu. Each choice is a link, so that it works without a script; with one it is kept for the next visit too.
#[component]
pub fn ColumnChooser(#[prop(into)] search: Signal<Search>, columns: Memo<Columns>) -> impl IntoView {
    let row = move |column: Column| {
        let shown = move || columns.with(|columns| columns.0.contains(&column));
        let href = move || {
            let columns = columns.with(|columns| columns.toggled(column).text());
            search.with(|search| Search { columns, ..search.clone() }.path())
        };
        let keep = move |_| ctx::keep("columns", &columns.with_untracked(|columns| columns.toggled(column).text()));
        view! {
            <a class="menu-item" href=href aria-current=move || shown().then_some("true") on:click=keep>
                <span class="checkbox" aria-hidden="true" aria-checked=move || if shown() { "true" } else { "false" }></span>
                {column.label()}
            </a>
        }
    };
    let summary = view! {
        <Icon glyph=Glyph::Columns size=IconSize::Small />
        <span class="text-xs font-medium">"Columns"</span>
    }
    .into_any();
    view! { <Menu summary>{Column::ALL.map(row).into_iter().collect_view()}</Menu> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_survive_their_text_and_stay_in_their_order() {
        let columns = Columns::default().toggled(Column::Id).toggled(Column::Type);
        assert_eq!(columns.text(), "matched.version.id.onboarded");
        assert_eq!(Columns::parse(&columns.text()), columns);
        assert_eq!(Columns::parse("nonsense"), Columns::default());
        let none = Column::ALL.into_iter().fold(Columns(Column::ALL.to_vec()), |columns, c| columns.toggled(c));
        assert_eq!(Columns::parse(&none.text()), none);
    }
}
