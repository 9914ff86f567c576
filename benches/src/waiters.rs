//! Many who wait for one renewal, against one who does.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use latchwork_engine::{FormAnswers, FormRequest, Host, RunEvent, RunInput, Unanswered};
use latchwork_model::{Connector, read_connector};
use latchwork_store::{Store, StoreLocation};
use latchwork_studio::{Caller, KeyChoice, Studio, StudioOptions};
use serde_json::json;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::harness::{Benchmark, Fault, Findings, Judged};

/// How long the token endpoint takes.
const ANSWER: Duration = Duration::from_millis(50);
/// How long after the new token is stored the last one who waits may have it.
const AFTER: Duration = Duration::from_millis(5);
/// Renewals of each number of waiters; the median is told.
const ROUNDS: usize = 7;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "waiters",
    about: "So many callers of `Studio::refresh` board one renewal, at a token endpoint that answers 50 ms after the \
            last of them did. Told is the time from the change of the stamp, which is written just before the new \
            token's commit, to the last caller that was answered. The peer is one caller: what is left of its time is \
            the commit. One token request a renewal, or it fails.",
    run,
};

/// Who has boarded, and what the token endpoint was asked for.
#[derive(Default)]
struct Gate {
    wanted: AtomicUsize,
    boarded: AtomicUsize,
    requests: AtomicUsize,
}

/// A caller, who says when it has boarded.
struct Waiting(Arc<Gate>);

#[async_trait]
impl Host for Waiting {
    fn tell(&self, event: RunEvent) {
        if matches!(event, RunEvent::RefreshStarted { .. }) {
            self.0.boarded.fetch_add(1, Ordering::SeqCst);
        }
    }

    async fn answer_form(&self, _form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        Err(Unanswered::Nobody)
    }
}

/// Held by all who wait; tells when the last of them has been answered.
struct Landed(Option<oneshot::Sender<Instant>>);

impl Drop for Landed {
    fn drop(&mut self) {
        if let Some(sender) = self.0.take() {
            // Whoever measures has not gone away.
            let _ = sender.send(Instant::now());
        }
    }
}

/// Answers each request; a renewal once all have boarded, and then after its time.
fn serve(gate: Arc<Gate>) -> Result<String, Fault> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let origin = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let gate = Arc::clone(&gate);
            // A client that goes away ends its connection, no more.
            thread::spawn(move || drop(answer_all(stream, &gate)));
        }
    });
    Ok(origin)
}

fn answer_all(stream: TcpStream, gate: &Gate) -> std::io::Result<()> {
    let mut writer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    loop {
        let Some(first) = lines.next().transpose()? else {
            return Ok(());
        };
        while lines
            .next()
            .transpose()?
            .is_some_and(|line| !line.is_empty())
        {}
        let mut number = 0;
        if first.contains("/renew") {
            number = gate.requests.fetch_add(1, Ordering::SeqCst) + 1;
            while gate.boarded.load(Ordering::SeqCst) < gate.wanted.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(ANSWER);
        }
        let body = json!({ "token": format!("token-number-{number}") }).to_string();
        write!(
            writer,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )?;
    }
}

fn document(origin: &str) -> String {
    json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": origin,
        "auth": {
            "method": "multistep",
            "steps": [{ "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login" } }],
            "refresh": {
                "mode": "steps",
                "steps": [{ "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "/renew" } }],
                "updates": [{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]
            },
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" } ]
        }
    })
    .to_string()
}

/// A studio that is signed in.
struct Desk {
    studio: Arc<Studio>,
    connector: Arc<Connector>,
    id: String,
    gate: Arc<Gate>,
}

impl Desk {
    async fn open(folder: &Path) -> Result<Self, Fault> {
        let gate = Arc::new(Gate::default());
        let origin = serve(Arc::clone(&gate))?;
        let studio = Studio::open(StudioOptions {
            data_dir: Some(folder.join("data")),
            key: KeyChoice::Passphrase("a passphrase for benchmarks".to_owned()),
        });
        let studio = Arc::new(studio.await?);
        let opened = studio.connector_import_text(&document(&origin)).await?;
        let desk = Self {
            connector: Arc::new(read_connector(&opened.document)?),
            id: opened.id,
            studio,
            gate,
        };
        let host = Waiting(Arc::clone(&desk.gate));
        Box::pin(desk.studio.login(desk.caller(&host))).await?;
        Ok(desk)
    }

    fn caller<'a>(&'a self, host: &'a dyn Host) -> Caller<'a> {
        Caller {
            connector_id: &self.id,
            connector: &self.connector,
            account: None,
            input: RunInput::default(),
            host,
        }
    }
}

/// One renewal with so many waiters: from its store to the last answer.
async fn renewal(desk: &Arc<Desk>, store: &Store, waiters: usize) -> Result<Duration, Fault> {
    desk.gate.boarded.store(0, Ordering::SeqCst);
    desk.gate.wanted.store(waiters, Ordering::SeqCst);
    let before = desk.gate.requests.load(Ordering::SeqCst);
    let mut tasks = JoinSet::new();
    let (sender, answered) = oneshot::channel();
    let landed = Arc::new(Landed(Some(sender)));
    for _ in 0..waiters {
        let desk = Arc::clone(desk);
        let landed = Arc::clone(&landed);
        tasks.spawn(async move {
            let host = Waiting(Arc::clone(&desk.gate));
            let refreshed = desk.studio.refresh(desk.caller(&host)).await;
            drop(landed);
            refreshed.map(drop).map_err(|error| error.to_string())
        });
    }
    drop(landed);
    let stored = stored_at(store);
    // Woken once, by the last of them: whoever is woken by each would be a third on the two cores.
    let last = answered.await?;
    while let Some(answered) = tasks.join_next().await {
        answered??;
    }
    if desk.gate.requests.load(Ordering::SeqCst) != before + 1 {
        return Err("there was more than one token request".into());
    }
    let stored = stored.join().map_err(|_| "the stamp was not watched")?;
    Ok(last.saturating_duration_since(stored))
}

/// When the stamp of all sessions changes, on a thread of its own.
fn stored_at(store: &Store) -> thread::JoinHandle<Instant> {
    let store = store.clone();
    let before = store.session_stamp();
    thread::spawn(move || {
        while store.session_stamp() == before {
            thread::sleep(Duration::from_micros(50));
        }
        Instant::now()
    })
}

fn run() -> Result<Findings, Fault> {
    // As the desktop runs it.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    let mut judged = Vec::new();
    runtime.block_on(async {
        let desk = Arc::new(Desk::open(folder.path()).await?);
        let store = Store::open(StoreLocation::new(folder.path().join("data"))).await?;
        for waiters in [1, 100, 10_000] {
            let mut times = Vec::with_capacity(ROUNDS);
            for _ in 0..ROUNDS {
                times.push(renewal(&desk, &store, waiters).await?);
            }
            times.sort();
            judged.push(Judged::time(
                format!("{waiters} waiters: the last after the store"),
                times[ROUNDS / 2],
                AFTER,
            ));
        }
        Ok::<_, Fault>(())
    })?;
    Ok(Findings::of(Vec::new()).judged(judged))
}
