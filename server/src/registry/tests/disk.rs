//! What may lie around in a registry's folder.

use std::path::Path;

use domain::subject::{SchemaType, Version};
use service::ports::registry::{Registry, RegistryError};

use super::{name, put};
use crate::registry::directory::directory;

#[tokio::test]
async fn what_is_not_a_version_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::write(root.join("README.md"), "read me").unwrap();
    std::fs::create_dir(root.join(".git")).unwrap();
    for file in [
        "2.avsc",
        "10.avsc",
        "1.references.json",
        "0.avsc",
        "01.avsc",
        "+3.avsc",
        "4.txt",
        "5.AVSC",
        ".6.avsc",
        "7.avsc~",
    ] {
        put(root, "a", file, "\"string\"");
    }
    put(root, "a", "99999999999.avsc", "\"string\"");
    std::fs::create_dir(root.join("a/8.avsc")).unwrap();
    let registry = directory(root.into());
    assert_eq!(registry.subjects().await.unwrap(), ["a"]);
    assert_eq!(registry.versions(&name("a")).await.unwrap(), [Version(2), Version(10)]);
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_not_followed() {
    let (inside, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(outside.path(), "secret", "1.avsc", "\"string\"");
    put(inside.path(), "a", "1.avsc", "\"string\"");
    std::os::unix::fs::symlink(outside.path().join("secret"), inside.path().join("linked")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret/1.avsc"), inside.path().join("a/2.avsc")).unwrap();
    let registry = directory(inside.path().into());
    assert_eq!(registry.subjects().await.unwrap(), ["a"]);
    assert_eq!(registry.versions(&name("a")).await.unwrap(), [Version(1)]);
    assert!(matches!(registry.schema(&name("a"), Version(2)).await, Err(RegistryError::NotFound(_))));
}

async fn garbage(root: &Path) -> String {
    match directory(root.into()).schema(&name("a"), Version(1)).await {
        Err(RegistryError::Garbage(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_a_schema_says_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a", "1.avsc", vec![b' '; (4 << 20) + 1]);
    assert!(garbage(root).await.contains("larger than 4 MiB"));
    put(root, "a", "1.avsc", b"\xff\xfe\"string\"");
    assert!(garbage(root).await.contains("not UTF-8"));
    put(root, "a", "1.avsc", vec![b' '; 4 << 20]);
    put(root, "a", "1.references.json", "[{\"name\": \"b\", \"subject\": \"\", \"version\": 1}]");
    assert!(garbage(root).await.contains("1.references.json cannot be read at line 1"));
    put(root, "a", "1.proto", "");
    assert!(garbage(root).await.contains("several languages"));
}

#[tokio::test]
async fn a_folder_that_is_not_there_or_not_a_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    for (path, word) in [(folder.path().join("none"), "does not exist"), (file, "not a folder")] {
        let Err(RegistryError::Unreachable(sentence)) = directory(path.clone()).subjects().await else { panic!() };
        assert!(sentence.contains(word) && sentence.contains(path.to_str().unwrap()), "{sentence}");
    }
}

#[tokio::test]
async fn the_same_schema_has_the_same_id_and_another_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a", "1.avsc", "\"string\"");
    put(folder.path(), "b", "3.avsc", "\"string\"");
    put(folder.path(), "b", "4.json", "\"string\"");
    let registry = directory(folder.path().into());
    let first = registry.schema(&name("a"), Version(1)).await.unwrap();
    assert_eq!(first.id, registry.schema(&name("b"), Version(3)).await.unwrap().id);
    let other = registry.schema(&name("b"), Version(4)).await.unwrap();
    assert_eq!((first.schema_type, other.schema_type), (SchemaType::Avro, SchemaType::Json));
    assert_ne!(first.id, other.id);
}

#[tokio::test]
async fn a_folder_that_appears_later_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let registry = directory(folder.path().into());
    assert!(matches!(registry.versions(&name("late/one")).await, Err(RegistryError::NotFound(_))));
    std::fs::create_dir(folder.path().join("late%2fone")).unwrap();
    std::fs::write(folder.path().join("late%2fone/1.json"), "{}").unwrap();
    assert_eq!(registry.versions(&name("late/one")).await.unwrap(), [Version(1)]);
}
