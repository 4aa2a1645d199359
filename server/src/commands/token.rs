//! `sluicegate token`: makes API tokens on the machine that holds the data folder.

use std::process::ExitCode;

use domain::time::Timestamp;
use serde_json::json;
use service::people;
use service::ports::clock::{Clock, SystemClock};
use service::ports::secret::{self, SecretSource};
use service::ports::store::{AuditRow, IdentityStore};

use crate::auth::secret::OsSecrets;
use crate::config::{TokenCommand, data_folder};
use crate::store::SqliteStore;

/// Makes the token and prints its secret alone on standard output.
pub async fn run(command: TokenCommand) -> ExitCode {
    let TokenCommand::Create { user, name, data } = command;
    let Some(actor) = people::find(&user) else {
        let known: Vec<_> = people::seeded().into_iter().map(|a| a.name.0).collect();
        return super::fail(super::MISUSE, &format!("There is no user {user}. There are: {}.", known.join(", ")));
    };
    let path = data_folder(data).join("sluicegate.db");
    if !path.exists() {
        let sentence =
            format!("There is no console in {}. Start sluicegate serve there once, or give --data.", path.display());
        return super::fail(1, &sentence);
    }
    let store = match SqliteStore::open(&path).await {
        Ok(store) => store,
        Err(error) => return super::fail(1, &error.to_string()),
    };
    let secret = format!("{}{}", service::console::TOKEN_PREFIX, OsSecrets.secret());
    let now = SystemClock.now();
    match store.create_token(&actor.name, &name, &secret::digest(&secret), now, audit(now, &name, &actor.name.0)).await
    {
        Ok(_) => {
            println!("{secret}");
            ExitCode::SUCCESS
        }
        Err(error) => super::fail(1, &format!("The token was not made: {error}.")),
    }
}

fn audit(at: Timestamp, name: &str, user: &str) -> AuditRow {
    let detail = json!({ "name": name, "user": user });
    AuditRow { at, actor: "operator".into(), action: "token-created".into(), object: String::new(), detail }
}
