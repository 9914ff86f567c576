//! What cannot be told in a scenario file: runs that are dropped, runs beside each other, memory.

use std::future::Future;
use std::time::Duration;

use latchwork_engine::{Engine, RunInput};
use latchwork_model::{Connector, read_connector};
use latchwork_testkit::{Answer, FakeHost, Fault, FaultServer, HeaderValues, Route};
use serde_json::{Value, json};

/// Runs a test, and fails it where it hangs.
fn within_time<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(30), test)
            .await
            .expect("it ends in time")
    })
}

fn connector(base_url: &str, steps: &Value) -> Connector {
    let file = json!({
        "format": "latchwork.connector/1", "name": "Flows", "kind": "rest", "base_url": base_url,
        "auth": { "method": "multistep", "steps": steps },
        "test": { "request": { "method": "GET", "url": "/me" }, "advanced": true },
    });
    read_connector(&file.to_string()).expect("a valid connector")
}

fn step(id: &str, path: &str) -> Value {
    json!({ "id": id, "type": "api_request", "request": { "method": "GET", "url": path } })
}

#[test]
fn a_dropped_run_closes_its_connection_and_tells_nothing_more() {
    within_time(async {
        for fault in [Fault::Hang, Fault::HangAfterHeaders, Fault::Drip] {
            let server = FaultServer::start(vec![Route::new("/login", Answer::fault(fault))]).await;
            let connector = connector(
                server.origin(),
                &json!([step("login", "/login"), step("after", "/after")]),
            );
            let engine = Engine::default();
            let host = FakeHost::new();
            let mut run = engine
                .run(&connector, RunInput::default(), &host)
                .expect("a run");
            tokio::select! {
                result = run.auth_flow() => panic!("it cannot end: {result:?}"),
                () = server.request_count_reaches(1) => {}
            }
            server.closed_count_reaches(1).await;
            assert_eq!(server.requests().len(), 1);
            assert_eq!(host.events().len(), 1, "only the step's start was told");
            assert!(run.cached_outputs().outputs.is_empty());
        }
    });
}

#[test]
fn a_run_that_was_cancelled_in_the_middle_can_be_run_again() {
    within_time(async {
        let mut login = Route::new("/login", Answer::fault(Fault::Hang));
        login.answers.push(Answer::json(json!({ "ok": true })));
        let server = FaultServer::start(vec![login]).await;
        let connector = connector(server.origin(), &json!([step("login", "/login")]));
        let engine = Engine::default();
        let host = FakeHost::new();
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        tokio::select! {
            result = run.auth_flow() => panic!("it cannot end: {result:?}"),
            () = server.request_count_reaches(1) => {}
        }
        run.auth_flow().await.expect("the second time it answers");
        assert_eq!(
            run.step_outputs("login")
                .map(|outputs| outputs["body"].clone()),
            Some(json!({ "ok": true }))
        );
    });
}

#[test]
fn f34_runs_at_the_same_time_share_no_cookies() {
    within_time(async {
        let cookie = |value: &str| {
            let mut answer = Answer::json(json!({}));
            answer.headers.insert(
                "Set-Cookie".to_owned(),
                HeaderValues::One(format!("sid={value}; Path=/")),
            );
            answer
        };
        let mut login = Route::new("/login", cookie("one"));
        login.answers.push(cookie("two"));
        let server =
            FaultServer::start(vec![login, Route::new("/*", Answer::json(json!({})))]).await;
        let connector = connector(
            server.origin(),
            &json!([step("login", "/login"), step("use", "/use")]),
        );
        let engine = Engine::default();
        let host = FakeHost::new();
        let mut one = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        let mut two = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        let (first, second) = tokio::join!(one.auth_flow(), two.auth_flow());
        first.expect("it works");
        second.expect("it works");
        let mut sent: Vec<_> = server
            .requests()
            .iter()
            .filter_map(|request| request.header("cookie"))
            .collect();
        sent.sort();
        assert_eq!(sent, ["sid=one", "sid=two"]);
    });
}

#[test]
fn z26_a_name_that_leads_to_loopback_is_called_where_it_was_checked() {
    within_time(async {
        let server = FaultServer::start(vec![Route::new("/*", Answer::json(json!({})))]).await;
        let base = format!("http://localhost:{}", server.address().port());
        let connector = connector(&base, &json!([step("login", "/login")]));
        let engine = Engine::default();
        let host = FakeHost::new();
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        run.auth_flow()
            .await
            .expect("loopback is no refused address");
        assert_eq!(
            server.requests()[0].header("host"),
            Some(format!("localhost:{}", server.address().port()))
        );
    });
}

#[cfg(target_os = "linux")]
#[test]
fn z27_fifty_megabytes_and_a_bomb_are_refused_with_bounded_memory() {
    /// The most memory that this process ever held, in bytes.
    fn peak() -> u64 {
        let status =
            std::fs::read_to_string("/proc/self/status").expect("Linux tells of a process");
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM:"))
            .expect("the peak is told");
        let kilobytes: u64 = line
            .split_whitespace()
            .nth(1)
            .and_then(|text| text.parse().ok())
            .expect("a number");
        kilobytes * 1024
    }
    within_time(async {
        for fault in [
            Fault::Huge(1 << 30),
            Fault::HugeChunked(1 << 30),
            Fault::GzipBomb(1 << 26),
        ] {
            let server = FaultServer::start(vec![Route::new("/login", Answer::fault(fault))]).await;
            let connector = connector(server.origin(), &json!([step("login", "/login")]));
            let engine = Engine::default();
            let host = FakeHost::new();
            let before = peak();
            let mut run = engine
                .run(&connector, RunInput::default(), &host)
                .expect("a run");
            let failure = run.auth_flow().await.expect_err("it is too large");
            assert_eq!(failure.fault.code.as_str(), "http.too_large");
            let grown = peak() - before;
            // 10 MiB as bytes, as text, masked, and the cut copy in the event.
            assert!(grown < 150 << 20, "{grown} bytes for an answer of 10 MiB");
        }
    });
}

#[test]
fn five_hundred_steps_run_and_the_last_knows_the_first() {
    within_time(async {
        let server = FaultServer::start(vec![Route::new(
            "/*",
            Answer {
                echo: true,
                ..Answer::default()
            },
        )])
        .await;
        let steps = std::iter::once(step("s0", "/start"))
            .chain(
                (1..500).map(|number| step(&format!("s{number}"), "/{{ s0.body.path | length }}")),
            )
            .collect();
        let connector = connector(server.origin(), &Value::Array(steps));
        let engine = Engine::default();
        let host = FakeHost::new();
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        run.auth_flow().await.expect("all answer");
        assert_eq!(server.requests().len(), 500);
        assert_eq!(server.requests()[499].target, "/6");
    });
}
