//! Names that URLs and file systems have opinions about, there and back.

use domain::subject::Version;
use service::ports::registry::{Registry, RegistryError};

use super::scripted::ScriptedServer;
use super::{name, put};
use crate::registry::confluent::Confluent;
use crate::registry::directory::directory;
use crate::registry::location::Auth;

const NAMES: &[&str] = &[
    "a/b % ? # .. : ü \"",
    ":.eu:order_placed-value",
    ".",
    "..",
    "...",
    "../../etc/passwd",
    "%2F",
    "%2e%2e",
    "..;a=b",
    "a\\b|c^d`e{f}",
    "+ &=;,@!$'()*[]<>~",
    "google/protobuf/any.proto",
    "日本語-value",
    "/",
    "//",
    "versions",
];

async fn every_name_comes_back(registry: &dyn Registry) {
    let mut expected: Vec<&str> = NAMES.to_vec();
    expected.sort_unstable();
    let mut subjects = registry.subjects().await.unwrap();
    subjects.sort();
    assert_eq!(subjects, expected);
    for text in NAMES {
        assert_eq!(registry.versions(&name(text)).await.unwrap(), [Version(7)], "{text}");
        assert_eq!(registry.schema(&name(text), Version(7)).await.unwrap().text, format!("// {text}"));
    }
}

#[tokio::test]
async fn every_name_makes_its_way_through_a_folder_and_a_server() {
    let folder = tempfile::tempdir().unwrap();
    for text in NAMES {
        put(folder.path(), text, "7.proto", format!("// {text}"));
    }
    every_name_comes_back(&directory(folder.path().into())).await;
    let server = ScriptedServer::start(directory(folder.path().into())).await;
    every_name_comes_back(&Confluent::new(server.url.parse().unwrap(), Auth::None).unwrap()).await;
}

#[tokio::test]
async fn a_name_of_dots_that_the_server_lists_and_cannot_find_is_not_taken_for_gone() {
    let folder = tempfile::tempdir().unwrap();
    let server = ScriptedServer::start(directory(folder.path().into())).await;
    let registry = Confluent::new(server.url.parse().unwrap(), Auth::None).unwrap();
    let Err(RegistryError::Garbage(sentence)) = registry.versions(&name("..")).await else { panic!() };
    assert!(sentence.contains(":.:.."), "{sentence}");
}
