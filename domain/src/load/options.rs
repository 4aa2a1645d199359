//! The options of the load: what happens to files with errors, who hears of it, which files are loaded and from where.

use regex_syntax::Parser;

use super::Load;
use crate::design::{LoadEdit, OnError};
use crate::diagnostic::event::{error, warning};
use crate::sql::ObjectName;
use crate::table::{Context, Table};

const MAX_TOPIC_CHARS: usize = 256;

/// Applies the edits of the load, and says what each risks.
pub(super) fn apply(load: &mut Load, table: &Table, context: Context<'_>) {
    let edit = &context.design.load;
    load.on_error = edit.on_error.unwrap_or_default();
    errors(load, edit, context);
    pattern(load, edit);
    source(load, edit, context);
    load.truncate_columns = edit.truncate_columns == Some(true);
    if load.truncate_columns && !table.payload().any(|row| row.column.ty.is_bounded_text()) {
        let message = "No column of the event's own bounds its text, so there is nothing to cut.";
        load.diagnostics.push(warning(
            "truncate-columns",
            message,
            "Take the option back, or give a column a type such as VARCHAR(100).",
        ));
    }
}

fn errors(load: &mut Load, edit: &LoadEdit, context: Context<'_>) {
    let lost = match load.on_error {
        OnError::SkipFile => None,
        OnError::Continue => Some("Rows that do not load are lost".to_owned()),
        OnError::SkipFileAt(rows) => {
            Some(format!("Of a file with fewer than {rows} rows that do not load, those rows are lost"))
        }
        OnError::SkipFileAtPercent(share) => {
            Some(format!("Of a file with less than {share} % of rows that do not load, those rows are lost"))
        }
    };
    if let Some(lost) = lost {
        let message = format!("{lost} without a notice, because errors are announced with SKIP_FILE only.");
        load.diagnostics.push(warning(
            "on-error",
            message,
            "Use SKIP_FILE, and mend and load a file that was skipped.",
        ));
    }
    let wanted = edit.error_integration.as_deref().or(context.platform.error_integration.as_deref());
    let Some(text) = wanted.map(str::trim).filter(|text| !text.is_empty()) else { return };
    match ObjectName::parse_single(text) {
        Ok(name) => load.error_integration = Some(name),
        Err(problem) => load.diagnostics.push(error(
            "error-integration-invalid",
            problem.to_string(),
            "Name a notification integration of the account, such as NI_SNOWPIPE_ERRORS, or leave it empty.",
        )),
    }
}

fn pattern(load: &mut Load, edit: &LoadEdit) {
    let Some(text) = edit.pattern.as_deref().filter(|text| !text.is_empty()) else { return };
    match Parser::new().parse(text) {
        Ok(_) => load.pattern = Some(text.to_owned()),
        Err(_) => load.diagnostics.push(error(
            "pattern-invalid",
            "The pattern is no regular expression.",
            "Write one that matches the whole path below the pipe's prefix, such as .*[.]parquet.",
        )),
    }
}

fn source(load: &mut Load, edit: &LoadEdit, context: Context<'_>) {
    if let Some(text) = edit.aws_sns_topic.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        if is_sns_topic(text) {
            load.aws_sns_topic = Some(text.to_owned());
        } else {
            let message = "This is not the ARN of an SNS topic.";
            let hint = "Write it as arn:aws:sns:eu-central-1:123456789012:name, or leave it empty to use the pipe's own queue.";
            load.diagnostics.push(error("sns-topic-invalid", message, hint));
        }
    }
    let Some(text) = edit.stage_prefix.as_deref().map(|text| text.trim().trim_matches('/')) else { return };
    if !is_prefix(text) {
        let message =
            "A prefix is made of parts of letters, digits, dots, underscores and hyphens, with slashes between them.";
        load.diagnostics.push(error(
            "stage-prefix-invalid",
            message,
            "Write it as in sales/orders, below the platform's bucket.",
        ));
        return;
    }
    load.stage_url = format!("{}/{text}/", context.platform.bucket_url.trim_end_matches('/'));
    let message = format!("Two pipes that read below {} would load each file twice.", load.stage_url);
    load.diagnostics.push(warning(
        "stage-prefix",
        message,
        "Make sure that no other event has this prefix, or one around or below it.",
    ));
}

fn is_prefix(text: &str) -> bool {
    let is_part = |part: &str| {
        let allowed = part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        !part.is_empty() && allowed && !part.chars().all(|c| c == '.')
    };
    text.len() <= 500 && text.split('/').all(is_part)
}

fn is_sns_topic(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let [arn, partition, service, region, account, name] = parts.as_slice() else { return false };
    let word = |text: &str, also: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c))
    };
    (*arn, *service) == ("arn", "sns")
        && matches!(*partition, "aws" | "aws-cn" | "aws-us-gov")
        && word(region, "-")
        && account.len() == 12
        && account.chars().all(|c| c.is_ascii_digit())
        && name.len() <= MAX_TOPIC_CHARS
        && word(name.strip_suffix(".fifo").unwrap_or(name), "-_")
}
