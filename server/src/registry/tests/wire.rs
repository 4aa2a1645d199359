//! A server made of bytes: it records what it was sent and answers what it is told, however wrong.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::registry::location::{Auth, Location, Secret, parse_location};
use crate::registry::open;
use crate::registry::{RegistryConfig, tests::name};

/// What to do on one connection after the request was read.
pub enum Answer {
    /// These bytes, then close.
    Bytes(Vec<u8>),
    /// These bytes, then this chunk again and again.
    Endless(Vec<u8>, Vec<u8>),
    /// These bytes, then a space now and then.
    Drip(Vec<u8>),
    /// These bytes, then nothing.
    Silence(Vec<u8>),
}

pub struct RawServer {
    pub url: String,
    pub requests: Arc<Mutex<Vec<String>>>,
    /// Bytes that left.
    pub sent: Arc<Mutex<usize>>,
    task: tokio::task::JoinHandle<()>,
}

impl RawServer {
    /// Answers the first connection with the first answer and so on, the last one for ever.
    pub async fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (requests, sent) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
        let task = tokio::spawn(serve(listener, answers, Arc::clone(&requests), Arc::clone(&sent)));
        Self { url, requests, sent, task }
    }
}

impl Drop for RawServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    listener: TcpListener,
    answers: Vec<Answer>,
    requests: Arc<Mutex<Vec<String>>>,
    sent: Arc<Mutex<usize>>,
) {
    for turn in 0.. {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = read_request(&mut stream).await;
        requests.lock().unwrap().push(request);
        match &answers[turn.min(answers.len() - 1)] {
            Answer::Bytes(bytes) => stream.write_all(bytes).await.unwrap(),
            Answer::Silence(bytes) => {
                stream.write_all(bytes).await.unwrap();
                let mut rest = Vec::new();
                let _ = stream.read_to_end(&mut rest).await;
            }
            Answer::Drip(start) => {
                stream.write_all(start).await.unwrap();
                while stream.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            }
            Answer::Endless(start, again) => {
                stream.write_all(start).await.unwrap();
                while stream.write_all(again).await.is_ok() {
                    *sent.lock().unwrap() += again.len();
                }
            }
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(request).unwrap()
}

/// An answer with a body and its length.
pub fn http(status: &str, headers: &str, body: &str) -> Answer {
    let length = body.len();
    Answer::Bytes(
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}")
            .into_bytes(),
    )
}

async fn line_for(subject: &str) -> String {
    let server = RawServer::start(vec![http("200 OK", "", "[1]")]).await;
    let location = parse_location(&format!("{}/ccompat/v7/", server.url)).unwrap();
    let registry = open(RegistryConfig::from(location)).unwrap();
    registry.versions(&name(subject)).await.unwrap();
    let requests = server.requests.lock().unwrap();
    requests[0].lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn names_go_over_the_wire_as_one_segment_whatever_is_in_them() {
    let line = |segment: &str| format!("GET /ccompat/v7/subjects/{segment}/versions HTTP/1.1");
    assert_eq!(line_for("order_placed-value").await, line("order_placed-value"));
    assert_eq!(line_for("a/b % ? # .. : ü \"").await, line("a%2Fb%20%25%20%3F%20%23%20..%20%3A%20%C3%BC%20%22"));
    assert_eq!(line_for(":.eu:x").await, line("%3A.eu%3Ax"));
    assert_eq!(line_for("../..").await, line("..%2F.."));
    assert_eq!(line_for("%2e%2e").await, line("%252e%252e"));
    assert_eq!(line_for("..").await, line("%3A.%3A.."));
}

async fn authorization(auth: Auth) -> Option<String> {
    let server = RawServer::start(vec![http("200 OK", "", "[]")]).await;
    let Location::Url { url, .. } = parse_location(&server.url).unwrap() else { panic!() };
    let registry = open(RegistryConfig::from(Location::Url { url, auth })).unwrap();
    registry.subjects().await.unwrap();
    let requests = server.requests.lock().unwrap();
    requests[0].lines().find_map(|line| line.strip_prefix("authorization: ")).map(str::to_owned)
}

#[tokio::test]
async fn credentials_are_sent_as_configured_and_not_described() {
    let basic = Auth::Basic { user: "Aladdin".into(), password: Secret("open sesame".into()) };
    assert_eq!(authorization(basic).await.as_deref(), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    assert_eq!(authorization(Auth::Bearer(Secret("t0ken".into()))).await.as_deref(), Some("Bearer t0ken"));
    assert_eq!(authorization(Auth::None).await, None);
    let location = parse_location("https://user:secret@registry.example/x/").unwrap();
    assert_eq!(open(RegistryConfig::from(location)).unwrap().describe(), "https://registry.example/x");
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_refused_at_the_start() {
    let location = parse_location("http://127.0.0.1:1").unwrap().with_auth(Auth::Bearer(Secret("a\nb".into())));
    let sentence = open(RegistryConfig::from(location)).err().unwrap();
    assert!(sentence.contains("line break") && !sentence.contains("a\nb"));
}
