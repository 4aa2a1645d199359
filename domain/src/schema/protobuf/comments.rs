//! Documentation from Protobuf comments: the one before a declaration, then the one after it.

use std::collections::HashMap;

use prost_reflect::prost_types::SourceCodeInfo;

/// Documentation by file name and descriptor path.
#[derive(Debug, Default)]
pub struct Comments {
    files: HashMap<String, HashMap<Vec<i32>, String>>,
}

impl Comments {
    /// Keeps the comments of a file.
    pub fn keep(&mut self, file: &str, info: &SourceCodeInfo) {
        let docs = info.location.iter().filter_map(|location| {
            let doc = join(location.leading_comments.as_deref(), location.trailing_comments.as_deref());
            (!doc.is_empty()).then(|| (location.path.clone(), doc))
        });
        self.files.insert(file.to_owned(), docs.collect());
    }

    /// The documentation of what stands at `path` in `file`.
    pub fn doc(&self, file: &str, path: &[i32]) -> Option<&str> {
        self.files.get(file)?.get(path).map(String::as_str)
    }
}

fn join(leading: Option<&str>, trailing: Option<&str>) -> String {
    let parts = [leading, trailing].into_iter().flatten().map(plain).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn plain(comment: &str) -> String {
    let lines = comment.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end());
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
