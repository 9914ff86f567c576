//! A proxy that leads to servers of the test's own, whatever host is asked for. So a connector runs against a local
//! imitation of its provider with its real https addresses, and nothing is resolved or reached beyond loopback.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::request::SeenRequest;

/// A proxy by `CONNECT` (RFC 9110 section 9.3.6); it ends when it is dropped.
#[derive(Debug)]
pub struct HostTunnel {
    address: SocketAddr,
    unknown: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl HostTunnel {
    /// A proxy that leads each of these hosts to an address on loopback, and any other nowhere.
    pub async fn start(hosts: BTreeMap<String, SocketAddr>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let unknown = Arc::new(Mutex::new(Vec::new()));
        let task = tokio::spawn(accept(listener, Arc::new(hosts), Arc::clone(&unknown)));
        Self {
            address,
            unknown,
            task,
        }
    }

    /// Its address, for a connector's `network.proxy`.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was asked for and led nowhere.
    pub fn unknown(&self) -> Vec<String> {
        self.unknown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for HostTunnel {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(
    listener: TcpListener,
    hosts: Arc<BTreeMap<String, SocketAddr>>,
    unknown: Arc<Mutex<Vec<String>>>,
) {
    // Connections end with the proxy: a set aborts what it holds.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (hosts, unknown) = (Arc::clone(&hosts), Arc::clone(&unknown));
        // The other side is gone, which it will see for itself.
        connections.spawn(async move {
            let _ = lead(stream, &hosts, &unknown).await;
        });
    }
}

async fn lead(
    stream: TcpStream,
    hosts: &BTreeMap<String, SocketAddr>,
    unknown: &Mutex<Vec<String>>,
) -> io::Result<()> {
    let mut stream = BufStream::new(stream);
    let Some(request) = SeenRequest::read(&mut stream).await? else {
        return Ok(());
    };
    let host = request
        .target
        .strip_suffix(":443")
        .filter(|_| request.method == "CONNECT");
    let Some(address) = host.and_then(|host| hosts.get(host)) else {
        let wanted = format!("{} {}", request.method, request.target);
        unknown
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(wanted);
        stream
            .write_all(b"HTTP/1.1 502 Nowhere\r\ncontent-length: 0\r\n\r\n")
            .await?;
        return stream.flush().await;
    };
    let mut server = TcpStream::connect(address).await?;
    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await?;
    stream.flush().await?;
    tokio::io::copy_bidirectional(&mut stream, &mut server).await?;
    Ok(())
}
