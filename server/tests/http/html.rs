//! HTML taken apart into tags, as far as the tests look at it: names, attributes, and the text between.

/// One opening tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
    /// What follows it, up to the next tag.
    pub text: String,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// Every opening tag of a document. What is inside a script or a style is no tag.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        if let Some(last) = tags.last_mut() {
            last.text.push_str(&rest[..start]);
        }
        rest = &rest[start + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
        } else if rest.starts_with(['/', '!']) {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, after) = tag(rest);
            rest = after;
            if matches!(tag.name.as_str(), "script" | "style") {
                let end = rest.find(&format!("</{}", tag.name)).unwrap_or(rest.len());
                rest = &rest[end..];
            }
            tags.push(tag);
        }
    }
    if let Some(last) = tags.last_mut() {
        last.text.push_str(rest);
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(text.len());
    let mut tag = Tag { name: text[..end].to_lowercase(), attributes: Vec::new(), text: String::new() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        match rest.chars().next() {
            None => return (tag, ""),
            Some('>') => return (tag, &rest[1..]),
            Some(_) => {
                let (name, value, after) = attribute(rest);
                tag.attributes.push((name, value));
                rest = after;
            }
        }
    }
}

fn attribute(text: &str) -> (String, String, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(text.len()).max(1);
    let (name, rest) = (text[..end].to_lowercase(), &text[end..]);
    let Some(rest) = rest.trim_start().strip_prefix('=') else {
        return (name, String::new(), rest);
    };
    let rest = rest.trim_start();
    let (value, after) = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
        _ => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())),
    };
    (name, unescape(value), after)
}

pub fn unescape(text: &str) -> String {
    let replaced = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    replaced.replace("&#39;", "'").replace("&amp;", "&")
}

/// The text of a document without its tags, scripts and styles.
pub fn text(html: &str) -> String {
    let words = tags(html).into_iter().map(|tag| unescape(&tag.text)).collect::<Vec<_>>().join(" ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_document_is_taken_apart() {
    let html = r#"<!DOCTYPE html><p class="a b" hidden data-x='1>2'>One<b>two</b> &amp; three<script nonce=n>if (a < b) "<img>"</script><br/>end"#;
    let names: Vec<_> = tags(html).iter().map(|tag| tag.name.clone()).collect();
    assert_eq!(names, ["p", "b", "script", "br"]);
    assert_eq!(tags(html)[0].attribute("data-x"), Some("1>2"));
    assert_eq!(tags(html)[2].attribute("nonce"), Some("n"));
    assert_eq!(text(html), "One two & three end");
}
