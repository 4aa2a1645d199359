//! The harness itself, against a tiny site: a journey must see what is wrong with a page, or its green means nothing.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use end2end::{Journey, Result, Settings, Theme, Visit, axe, journey, screens};
use playwright_rs::expect;

/// As strict as the console's own: what the harness injects must get past it without turning it off.
const POLICY: &str = "default-src 'self'; img-src data:; script-src 'nonce-test'; style-src 'nonce-test'";

const GREETING: &str =
    "<main><h1>Greeting</h1><label>Name <input></label> <button>Greet</button><p role=status></p></main>
    <script nonce=test>
        document.querySelector('button').addEventListener('click', () => {
            document.querySelector('[role=status]').textContent = `Hello ${document.querySelector('input').value}`;
        });
        setTimeout(() => document.body.setAttribute('data-hydrated', ''), 50);
    </script>";
const COMPLAINING: &str = "<main><h1>Complaining</h1></main><script nonce=test>
    document.body.setAttribute('data-hydrated', ''); console.error('the soup is cold')</script>";
const THROWING: &str = "<main><h1>Throwing</h1></main><script nonce=test>
    document.body.setAttribute('data-hydrated', ''); throw new Error('the plate broke')</script>";
const NAMELESS: &str = "<main><h1>Nameless</h1><button></button></main><script nonce=test>
    document.body.setAttribute('data-hydrated', '')</script>";
const PALE: &str = "<main><h1>Pale</h1><p>Hardly there</p></main><style nonce=test>
    @media (prefers-color-scheme: dark) { body { background: #111 } h1 { color: #fff } p { color: #333 } }</style>
    <script nonce=test>document.body.setAttribute('data-hydrated', '')</script>";

/// Serves the tiny site until the test binary ends, and tells its address.
fn site() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut request = String::new();
    let mut lines = BufReader::new(stream.try_clone()?);
    lines.read_line(&mut request)?;
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let body = match request.split(' ').nth(1) {
        Some("/") => GREETING,
        Some("/complaining") => COMPLAINING,
        Some("/throwing") => THROWING,
        Some("/nameless") => NAMELESS,
        Some("/pale") => PALE,
        _ => "",
    };
    let status = if body.is_empty() { "404 Not Found" } else { "200 OK" };
    let page = format!(
        "<!doctype html><html lang=en><head><title>Harness</title><link rel=icon href='data:,'></head><body>{body}</body></html>"
    );
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Security-Policy: {POLICY}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    )
}

/// Opens one page of the tiny site and does nothing else.
async fn look(journey: &Journey, path: &str) -> Result {
    journey.visitor(&site()?, Visit::default()).await?.open_path(path).await
}

fn failure(result: Result) -> String {
    result.err().map_or_else(|| "the journey passed".to_owned(), |trouble| trouble.to_string())
}

#[test]
fn a_visitor_fills_a_field_and_sees_the_answer() -> Result {
    journey(async |journey| {
        let visitor = journey.visitor(&site()?, Visit::default()).await?;
        visitor.open_path("/").await?;
        visitor.field("Name").fill("Ada", None).await?;
        visitor.button("Greet").click(None).await?;
        expect(visitor.get_by_text("Hello Ada", true)).to_be_visible().await?;
        Ok(())
    })
}

#[test]
fn a_console_error_fails_the_journey() {
    let failure = failure(journey(async |journey| look(journey, "/complaining").await));
    assert!(failure.contains("the soup is cold"), "{failure}");
}

#[test]
fn an_uncaught_exception_fails_the_journey() {
    let failure = failure(journey(async |journey| look(journey, "/throwing").await));
    assert!(failure.contains("uncaught the plate broke"), "{failure}");
}

#[test]
fn an_announced_complaint_does_not_fail_the_journey() -> Result {
    journey(async |journey| {
        journey.expects_complaint("the soup is cold");
        look(journey, "/complaining").await
    })
}

#[test]
fn an_announced_complaint_that_never_comes_fails_the_journey() {
    let failure = failure(journey(async |journey| {
        journey.expects_complaint("the soup is cold");
        look(journey, "/").await
    }));
    assert!(failure.contains("none came"), "{failure}");
}

#[test]
fn a_failing_journey_leaves_a_picture_of_its_window() {
    let failure = failure(journey(async |journey| {
        look(journey, "/").await?;
        Err("the waiter fell".into())
    }));
    assert!(failure.starts_with("the waiter fell"), "{failure}");
    let picture = failure.lines().find_map(|line| line.strip_prefix("picture: "));
    assert!(picture.is_some_and(|file| std::fs::read(file).unwrap().starts_with(b"\x89PNG")), "{failure}");
}

#[test]
fn a_panic_inside_a_journey_is_the_panic_of_the_test() {
    let panicked = std::panic::catch_unwind(|| journey(async |_| panic!("the kitchen burns")));
    let message = *panicked.unwrap_err().downcast::<&str>().unwrap();
    assert_eq!(message, "the kitchen burns");
}

#[test]
fn without_javascript_no_script_of_the_page_runs() -> Result {
    journey(async |journey| {
        let visitor = journey.visitor(&site()?, Visit::default().without_javascript()).await?;
        visitor.open_path("/complaining").await?;
        expect(visitor.heading("Complaining")).to_be_visible().await?;
        Ok(())
    })
}

#[test]
fn the_accessibility_check_passes_a_good_page_and_names_what_a_bad_one_lacks() -> Result {
    journey(async |journey| {
        let visitor = journey.visitor(&site()?, Visit::default()).await?;
        visitor.open_path("/").await?;
        axe::accessible(&visitor).await?;
        visitor.open_path("/nameless").await?;
        let finding = failure(axe::accessible(&visitor).await);
        assert!(finding.contains("[button-name]") && finding.contains("<button>"), "{finding}");
        Ok(())
    })
}

#[test]
fn the_accessibility_check_judges_the_theme_of_the_visitor() -> Result {
    journey(async |journey| {
        let site = site()?;
        let light = journey.visitor(&site, Visit::default()).await?;
        light.open_path("/pale").await?;
        axe::accessible(&light).await?;
        let dark = journey.visitor(&site, Visit::default().theme(Theme::Dark)).await?;
        dark.open_path("/pale").await?;
        let finding = failure(axe::accessible(&dark).await);
        assert!(finding.contains("[color-contrast]"), "{finding}");
        Ok(())
    })
}

#[test]
fn a_screenshot_is_named_after_page_theme_and_width() -> Result {
    let folder = tempfile::tempdir()?;
    journey(async |journey| {
        let visitor = journey.visitor(&site()?, Visit::default().theme(Theme::Dark).narrow()).await?;
        visitor.open_path("/").await?;
        let file = screens::shoot_into(folder.path(), &visitor, "greeting").await?;
        assert_eq!(file, folder.path().join("greeting-dark-390.png"));
        assert!(std::fs::read(file)?.starts_with(b"\x89PNG"));
        Ok(())
    })
}

#[test]
fn a_server_that_ends_before_it_listens_is_reported_with_what_it_said() -> Result {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let binary = folder.path().join("server");
    std::fs::write(&binary, "#!/bin/sh\necho \"no room for $SLUICEGATE_ADDR $COLOUR\" >&2\nexit 3\n")?;
    std::fs::set_permissions(&binary, std::fs::Permissions::from_mode(0o755))?;
    let failure = failure(journey(async |journey| {
        let settings = Settings { binary: Some(binary.clone()), ..Settings::default() }.with("COLOUR", "blue");
        journey.world_with(settings).await.map(drop)
    }));
    assert!(failure.contains("exit status: 3"), "{failure}");
    assert!(failure.contains("no room for 127.0.0.1:0 blue"), "{failure}");
    Ok(())
}
