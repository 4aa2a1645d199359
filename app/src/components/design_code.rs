//! The right side of the designer: the open artifact, rendered anew at every edit, line by line bound to the grid.

use std::collections::HashMap;

use domain::artifact::{Artifact, ArtifactKind, Language};
use domain::diagnostic::Severity;
use domain::render::Rendering;
use domain::schema::FieldPath;
use domain::sql::{Lines, copy_lines, pipe_lines, table_lines};
use leptos::prelude::*;

use super::artifact_files::{file_name, language_of};
use super::design_state::Designer;
use super::diagnostics::TallyLine;
use super::digest::shortened;
use crate::ui::{CodeView, CopyButton, DownloadButton, LineMark};

/// The artifacts in the order of their tabs; what is not made has none.
const TABS: [ArtifactKind; 10] = [
    ArtifactKind::Evolution,
    ArtifactKind::Table,
    ArtifactKind::Stage,
    ArtifactKind::Pipe,
    ArtifactKind::Warehouse,
    ArtifactKind::Topic,
    ArtifactKind::SinkJob,
    ArtifactKind::Connector,
    ArtifactKind::Grants,
    ArtifactKind::SqlApplication,
];

/// The kinds that the design makes, in the order of their tabs.
pub fn tabs(designer: Designer) -> Vec<ArtifactKind> {
    let made = |kind: &ArtifactKind| {
        designer.rendering.with(|made| made.artifacts.iter().any(|artifact| artifact.kind == *kind))
    };
    TABS.into_iter().filter(made).collect()
}

/// An artifact's word in the address.
pub const fn word_of(kind: ArtifactKind) -> &'static str {
    match kind {
        ArtifactKind::Table => "table",
        ArtifactKind::Stage => "stage",
        ArtifactKind::Pipe => "pipe",
        ArtifactKind::Warehouse => "terraform",
        ArtifactKind::Topic => "topic",
        ArtifactKind::SinkJob => "sink-job",
        ArtifactKind::Connector => "connector",
        ArtifactKind::Grants => "grants",
        ArtifactKind::Evolution => "evolution",
        ArtifactKind::SqlApplication => "sql-application",
    }
}

/// The artifact with this word; the table when there is none.
pub fn kind_of(word: &str) -> ArtifactKind {
    TABS.into_iter().find(|kind| word_of(*kind) == word).unwrap_or(ArtifactKind::Table)
}

/// One file, and the field that each of its lines is about.
#[derive(Debug, Clone, PartialEq)]
struct Sheet {
    artifact: Artifact,
    sources: Vec<Option<FieldPath>>,
}

impl Sheet {
    /// The first line about a field, from 1.
    fn line_of(&self, path: &FieldPath) -> Option<usize> {
        self.sources.iter().position(|source| source.as_ref() == Some(path)).map(|place| place + 1)
    }
}

fn sheets(designer: Designer, kind: ArtifactKind) -> Vec<Sheet> {
    designer.rendering.with(|made| {
        let of_kind = made.artifacts.iter().filter(|artifact| artifact.kind == kind);
        of_kind
            .map(|artifact| Sheet { artifact: artifact.clone(), sources: sources(designer, made, artifact) })
            .collect()
    })
}

fn sources(designer: Designer, made: &Rendering, artifact: &Artifact) -> Vec<Option<FieldPath>> {
    designer.with_input(|input| {
        let lines = match (artifact.kind, artifact.language) {
            (ArtifactKind::Table, _) => table_lines(made.definition(), &input.platform),
            (ArtifactKind::Pipe, _) => pipe_lines(&made.table, &made.load, &input.platform),
            (ArtifactKind::Warehouse, Language::Sql) if artifact.path.ends_with(".table.sql") => {
                table_lines(made.definition(), &input.platform)
            }
            (ArtifactKind::Warehouse, Language::Sql) => copy_lines(&made.table, &made.load, &input.platform),
            _ => Lines::default(),
        };
        lines.sources().map(|source| source.cloned()).collect()
    })
}

/// The bar of each field that has one.
fn marks(designer: Designer) -> HashMap<FieldPath, LineMark> {
    let edited = designer
        .design
        .with(|design| design.columns.keys().map(|path| (path.clone(), LineMark::Edited)).collect::<Vec<_>>());
    let mut marks: HashMap<FieldPath, LineMark> = edited.into_iter().collect();
    designer.findings.with(|findings| {
        for (path, found) in findings {
            match found.iter().map(|one| one.severity).max() {
                Some(Severity::Error) => drop(marks.insert(path.clone(), LineMark::Wrong)),
                Some(Severity::Warning) => drop(marks.insert(path.clone(), LineMark::Warned)),
                _ => {}
            }
        }
    });
    marks
}

/// The open artifact with its foot. `tabs` are the links to the others.
#[component]
pub fn DesignCode(designer: Designer, #[prop(into)] kind: Signal<ArtifactKind>, tabs: AnyView) -> impl IntoView {
    let open = Memo::new(move |_| sheets(designer, kind.get()));
    let marks = Memo::new(move |_| marks(designer));
    let places = move || (0..open.with(Vec::len)).map(|place| (kind.get(), place)).collect::<Vec<_>>();
    let digest = Memo::new(move |_| designer.rendering.with(Rendering::digest));
    view! {
        <section class="pane design-code" aria-label="What is made">
            <div class="pane-head">
                {tabs}
            </div>
            <div class="pane-body">
                <For
                    each=places
                    key=|(kind, place)| (*kind, *place)
                    children=move |(_, place)| view! { <SheetView designer open marks place /> }
                />
            </div>
            <div class="pane-foot">
                <TallyLine tally=designer.tally() />
                <span class="grow"></span>
                <span class="digest" title=move || digest.get()>
                    {move || shortened(&digest.get())}
                </span>
            </div>
        </section>
    }
}

#[component]
fn SheetView(
    designer: Designer,
    open: Memo<Vec<Sheet>>,
    marks: Memo<HashMap<FieldPath, LineMark>>,
    place: usize,
) -> impl IntoView {
    let sheet = Memo::new(move |_| open.with(|open| open.get(place).cloned()));
    let path = Memo::new(move |_| {
        sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.artifact.path.clone()).unwrap_or_default())
    });
    let text = Memo::new(move |_| {
        sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.artifact.content.clone()).unwrap_or_default())
    });
    let language = Signal::derive(move || {
        sheet.with(|sheet| sheet.as_ref().map(|sheet| language_of(sheet.artifact.language)).unwrap_or_default())
    });
    let marked = Memo::new(move |_| {
        sheet.with(|sheet| {
            let sources = sheet.iter().flat_map(|sheet| sheet.sources.iter().enumerate());
            let bar = |(line, source): (usize, &Option<FieldPath>)| {
                marks
                    .with(|marks| source.as_ref().and_then(|path| marks.get(path).copied()))
                    .map(|mark| (line + 1, mark))
            };
            sources.filter_map(bar).collect::<Vec<_>>()
        })
    });
    let active = Memo::new(move |_| {
        let path = designer.active()?;
        sheet.with(|sheet| sheet.as_ref()?.line_of(&path))
    });
    let hover = Callback::new(move |line: Option<usize>| {
        let at = |line: usize| {
            sheet.with_untracked(|sheet| sheet.as_ref()?.sources.get(line.checked_sub(1)?).cloned().flatten())
        };
        designer.pointed.set(line.and_then(at));
    });
    view! {
        <div class="flex items-center gap-1 pl-4 pr-2 pt-1">
            <p class="caption mono grow truncate">{move || path.get()}</p>
            <CopyButton text label="Copy the file" />
            <DownloadButton text file_name=Signal::derive(move || path.with(|path| file_name(path))) label="Download the file" />
        </div>
        <CodeView text language label="Rendered file" marks=marked active=Signal::derive(move || active.get()) on_hover=hover />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tab_has_a_word_of_its_own_and_an_unknown_word_opens_the_table() {
        for kind in TABS {
            assert_eq!(kind_of(word_of(kind)), kind);
        }
        assert_eq!(kind_of("nonsense"), ArtifactKind::Table);
    }
}
