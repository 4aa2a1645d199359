//! What a Protobuf file imports, as far as an import tree has it.

/// The paths of the `import` statements of a file.
pub fn of(text: &str) -> Vec<String> {
    let statements = text.lines().filter_map(|line| line.trim().strip_prefix("import "));
    let quoted = statements.filter_map(|rest| rest.split('"').nth(1));
    quoted.map(str::to_owned).collect()
}
