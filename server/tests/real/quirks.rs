//! Ways in which a registry differs from Confluent's that the other suites work around, each tried so that none outlives its cause.

use domain::schema::SchemaText;
use domain::subject::SchemaType;

use crate::differences::Differences;
use crate::registry::{Registry, encoded};

/// A schema that names a meta-schema of its own, as many organisations do.
pub const OWN_META_SCHEMA: &str = "a schema with a meta-schema of its own is refused";
/// A subject that is called as a Protobuf file is imported, or that is in a context.
pub const ENCODED_NAME: &str = "a name with a slash or a colon stays percent-encoded";

#[tokio::test]
#[ignore = "needs a registry: make test-real starts one"]
async fn axonops_has_the_quirks_that_are_named() {
    try_quirks("axonops").await;
}

#[tokio::test]
#[ignore = "needs a registry: make test-real starts one"]
async fn apicurio_has_the_quirks_that_are_named() {
    try_quirks("apicurio").await;
}

/// The name under which a registry keeps a subject.
pub fn kept(name: &str, quirks: &Differences) -> String {
    let stays = quirks.names(ENCODED_NAME) && name.contains(['/', ':']);
    if stays { encoded(name) } else { name.to_owned() }
}

async fn try_quirks(name: &'static str) {
    let registry = Registry::given(name);
    let mut quirks = Differences::of(name, "quirk");
    let own = SchemaText::new(
        SchemaType::Json,
        r#"{"$schema":"https://schemas.example.com/meta#","type":"array","items":{"type":"string"}}"#,
    );
    if let Err(said) = registry.register("quirk-meta-schema", &own, &[]).await {
        quirks.meet(OWN_META_SCHEMA, said);
    }
    let text = SchemaText::new(SchemaType::Avro, r#""string""#);
    for name in ["quirk/slash and more?", "quirk:colon"] {
        registry.register(name, &text, &[]).await.unwrap();
        let subjects = registry.subjects().await;
        if !subjects.iter().any(|subject| subject == name) {
            assert!(subjects.contains(&encoded(name)), "{name} is not among {subjects:?}");
            quirks.meet(ENCODED_NAME, encoded(name));
        }
    }
    quirks.settle(|_| true);
}
