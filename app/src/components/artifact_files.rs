//! The files of an event: a list that leads to them, and each of them in full.

use domain::artifact::{self, Artifact};
use leptos::prelude::*;

use crate::ui::{CodeView, CopyButton, DownloadButton, Glyph, Icon, IconSize, Language};

/// The id of the section that shows the file at this place of the list.
fn section_id(place: usize) -> String {
    format!("file-{}", place + 1)
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The name of a file without its folders.
pub fn file_name(path: &str) -> String {
    split(path).1.to_owned()
}

/// The ui kit's name of an artifact's language.
pub fn language_of(language: artifact::Language) -> Language {
    match language {
        artifact::Language::Sql => Language::Sql,
        artifact::Language::Hcl => Language::Hcl,
        artifact::Language::Yaml => Language::Yaml,
        artifact::Language::Json => Language::Json,
    }
}

/// A folder, and its files with their places in the list of artifacts.
type Folder = (String, Vec<(usize, String)>);

/// The files by folder, folders in the order of their first file.
fn folders(artifacts: &[Artifact]) -> Vec<Folder> {
    let mut folders: Vec<Folder> = Vec::new();
    for (place, artifact) in artifacts.iter().enumerate() {
        let (folder, name) = split(&artifact.path);
        let file = (place, name.to_owned());
        match folders.iter_mut().find(|(known, _)| known == folder) {
            Some((_, files)) => files.push(file),
            None => folders.push((folder.to_owned(), vec![file])),
        }
    }
    folders
}

/// The side pane: every file by folder, linked to its section in [`ArtifactSections`].
#[component]
pub fn ArtifactFiles(artifacts: Vec<Artifact>) -> impl IntoView {
    let count = artifacts.len();
    let file = |(place, name): (usize, String)| {
        view! {
            <li>
                <a href=format!("#{}", section_id(place)) title=name.clone()>
                    <span>{name.clone()}</span>
                </a>
            </li>
        }
    };
    let folder = move |(folder, files): Folder| {
        view! {
            <li>
                <p class="folder" title=folder.clone()>
                    <Icon glyph=Glyph::Folder size=IconSize::Small />
                    <span>{folder.clone()}</span>
                </p>
            </li>
            {files.into_iter().map(file).collect_view()}
        }
    };
    view! {
        <aside class="side side-files wide-only" aria-label="Files">
            <div class="pane-head">
                <h2>"Files"</h2>
                <span class="text-faint num">{count}</span>
            </div>
            <ul class="files">{folders(&artifacts).into_iter().map(folder).collect_view()}</ul>
        </aside>
    }
}

/// Every file in full, one section each.
#[component]
pub fn ArtifactSections(artifacts: Vec<Artifact>) -> impl IntoView {
    let section = |(place, artifact): (usize, Artifact)| {
        let (folder, name) = split(&artifact.path);
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let name = name.to_owned();
        view! {
            <article class="file-section" id=section_id(place)>
                <div class="pane-head">
                    <Icon glyph=Glyph::File size=IconSize::Small class="text-muted" />
                    <h2 class="mono">
                        <span class="text-faint">{folder}</span>
                        {name}
                    </h2>
                    <span class="grow"></span>
                    <CopyButton text=artifact.content.clone() label=format!("Copy {}", artifact.path) />
                    <DownloadButton
                        text=artifact.content.clone()
                        file_name=file_name(&artifact.path)
                        label=format!("Download {}", artifact.path)
                    />
                </div>
                <CodeView text=artifact.content language=language_of(artifact.language) label=artifact.path />
            </article>
        }
    };
    artifacts.into_iter().enumerate().map(section).collect_view()
}

#[cfg(test)]
mod tests {
    use domain::artifact::ArtifactKind;

    use super::*;

    fn at(path: &str) -> Artifact {
        Artifact {
            kind: ArtifactKind::Table,
            path: path.to_owned(),
            language: artifact::Language::Sql,
            content: String::new(),
            summary: String::new(),
            makes: String::new(),
            occupies: None,
        }
    }

    #[test]
    fn files_are_listed_under_their_folder_and_keep_their_place() {
        let listed = folders(&[at("a/1.sql"), at("b/c/2.tf"), at("a/3.sql"), at("top")]);
        let names: Vec<_> = listed.iter().map(|(folder, files)| (folder.as_str(), files.len())).collect();
        assert_eq!(names, [("a", 2), ("b/c", 1), ("", 1)]);
        assert_eq!(listed[0].1[1], (2, "3.sql".to_owned()));
    }
}
