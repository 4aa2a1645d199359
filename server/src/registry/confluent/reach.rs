//! Whether a registry server can be reached at all: its name has an address, and something listens there.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::registry::ProbeStep;
use tokio::net::{TcpStream, lookup_host};
use url::Url;

/// How long a name or a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tries both, one after the other.
pub async fn reach(address: &str) -> Vec<ProbeStep> {
    let url = Url::parse(address).ok();
    let place = url
        .as_ref()
        .and_then(|url| Some((url.host_str()?.trim_matches(['[', ']']).to_owned(), url.port_or_known_default()?)));
    let Some((host, port)) = place else {
        return vec![step("Resolve the name", Instant::now(), Err(format!("{address} has no host.")))];
    };
    let began = Instant::now();
    let found = match tokio::time::timeout(PATIENCE, lookup_host((host.as_str(), port))).await {
        Ok(Ok(found)) => found.collect::<Vec<SocketAddr>>(),
        Ok(Err(_)) => Vec::new(),
        Err(_) => return vec![step("Resolve the name", began, Err(late(&format!("The address of {host}"))))],
    };
    let Some(first) = found.first().copied() else {
        return vec![step(
            "Resolve the name",
            began,
            Err(format!("{host} has no address. Check the name, or the resolver.")),
        )];
    };
    let more = if found.len() > 1 { format!(" and {} more", found.len() - 1) } else { String::new() };
    let resolved = step("Resolve the name", began, Ok(format!("{host} is {}{more}.", first.ip())));
    let began = Instant::now();
    let mut refused = None;
    for place in found {
        match tokio::time::timeout(PATIENCE, TcpStream::connect(place)).await {
            Ok(Ok(_)) => {
                return vec![resolved, step("Connect", began, Ok(format!("{place} takes connections.")))];
            }
            Ok(Err(error)) => refused = Some(format!("{place} takes no connection: {error}.")),
            Err(_) => refused = Some(late(&place.to_string())),
        }
    }
    vec![resolved, step("Connect", began, Err(refused.unwrap_or_default()))]
}

fn late(what: &str) -> String {
    format!("{what} did not answer within {} s.", PATIENCE.as_secs())
}

fn step(name: &str, began: Instant, outcome: Result<String, String>) -> ProbeStep {
    let (passed, sentence) = outcome.map_or_else(|sentence| (false, sentence), |sentence| (true, sentence));
    let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    ProbeStep { step: name.to_owned(), passed, sentence, millis }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_that_listens_is_resolved_and_connected() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let steps = reach(&format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port())).await;
        assert_eq!(steps.iter().map(|step| step.passed).collect::<Vec<_>>(), [true, true], "{steps:?}");
        assert!(steps[1].sentence.ends_with("takes connections."), "{steps:?}");
    }

    #[tokio::test]
    async fn where_nothing_listens_the_second_step_says_so() {
        let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let steps = reach(&format!("http://127.0.0.1:{port}")).await;
        assert_eq!(steps.iter().map(|step| step.passed).collect::<Vec<_>>(), [true, false], "{steps:?}");
        assert!(steps[1].sentence.contains("takes no connection"), "{steps:?}");
    }
}
