//! A proxy on loopback: CONNECT tunnels (RFC 9110 section 9.3.6) or SOCKS 5 (RFC 1928, RFC 1929).
//!
//! It leads to servers of the test's own, whatever host is asked for: a connector runs against a local imitation of its
//! provider with its real https addresses, and nothing is resolved or reached beyond loopback.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::server::SeenRequest;

/// What a proxy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// HTTP, with CONNECT.
    Connect,
    /// SOCKS 5.
    Socks5,
}

/// Where tunnels lead.
enum Leads {
    /// All of them there.
    To(SocketAddr),
    /// To these hosts' port 443 as it stands here, and nowhere else.
    ByHost(BTreeMap<String, SocketAddr>),
}

/// A running proxy; it ends when it is dropped.
#[derive(Debug)]
pub struct ProxyServer {
    address: SocketAddr,
    targets: Arc<Mutex<Vec<Target>>>,
    task: JoinHandle<()>,
}

/// Where it was asked to go.
#[derive(Clone, Debug)]
struct Target {
    /// As `host:port`.
    name: String,
    /// Whether there is anything for it.
    leads: bool,
}

/// What its connections share.
struct Shared {
    kind: ProxyKind,
    credentials: Option<(&'static str, &'static str)>,
    leads: Leads,
    targets: Arc<Mutex<Vec<Target>>>,
}

impl ProxyServer {
    /// A proxy whose tunnels all lead to this address, for who gives these credentials.
    pub async fn start(
        kind: ProxyKind,
        credentials: Option<(&'static str, &'static str)>,
        leads_to: SocketAddr,
    ) -> Self {
        Self::begin(kind, credentials, Leads::To(leads_to)).await
    }

    /// A proxy by CONNECT for whoever asks, that leads each of these hosts to an address, and any other nowhere.
    pub async fn for_hosts(hosts: BTreeMap<String, SocketAddr>) -> Self {
        Self::begin(ProxyKind::Connect, None, Leads::ByHost(hosts)).await
    }

    async fn begin(
        kind: ProxyKind,
        credentials: Option<(&'static str, &'static str)>,
        leads: Leads,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let targets = Arc::default();
        let shared = Arc::new(Shared {
            kind,
            credentials,
            leads,
            targets: Arc::clone(&targets),
        });
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                connections.spawn(async move {
                    // A client that goes away in the middle is no fault of the proxy's.
                    let _ = shared.serve(stream).await;
                });
            }
        });
        Self {
            address,
            targets,
            task,
        }
    }

    /// Its host and port.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it was asked to go so far, as `host:port`; those it refused are there too.
    pub fn targets(&self) -> Vec<String> {
        let targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        targets.iter().map(|target| target.name.clone()).collect()
    }

    /// Those of them that lead nowhere.
    pub fn unknown(&self) -> Vec<String> {
        let targets = self.targets.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown = targets.iter().filter(|target| !target.leads);
        unknown.map(|target| target.name.clone()).collect()
    }
}

impl Drop for ProxyServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufStream::new(stream);
        let onward = match self.kind {
            ProxyKind::Connect => self.greet_connect(&mut stream).await?,
            ProxyKind::Socks5 => self.greet_socks(&mut stream).await?,
        };
        if let Some(onward) = onward {
            let mut onward = TcpStream::connect(onward).await?;
            tokio::io::copy_bidirectional(&mut stream, &mut onward).await?;
        }
        Ok(())
    }

    /// Notes where a tunnel is to lead, and gives where it does.
    fn lead(&self, target: String) -> Option<SocketAddr> {
        let address = match &self.leads {
            Leads::To(address) => Some(*address),
            Leads::ByHost(hosts) => target
                .strip_suffix(":443")
                .and_then(|host| hosts.get(host).copied()),
        };
        self.targets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Target {
                name: target,
                leads: address.is_some(),
            });
        address
    }

    async fn greet_connect(
        &self,
        stream: &mut BufStream<TcpStream>,
    ) -> std::io::Result<Option<SocketAddr>> {
        let Some(request) = SeenRequest::read(stream).await? else {
            return Ok(None);
        };
        let wanted = self.credentials.map(|(user, password)| {
            format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
        });
        let is_known = wanted.is_none() || wanted == request.header("proxy-authorization");
        let is_tunnel = request.method == "CONNECT";
        let onward = self.lead(request.target);
        let (answer, onward): (&[u8], _) = if !is_tunnel {
            (
                b"HTTP/1.1 405 Only tunnels\r\ncontent-length: 0\r\n\r\n",
                None,
            )
        } else if !is_known {
            (
                b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
                None,
            )
        } else if onward.is_none() {
            (b"HTTP/1.1 502 Nowhere\r\ncontent-length: 0\r\n\r\n", None)
        } else {
            (b"HTTP/1.1 200 Connected\r\n\r\n", onward)
        };
        stream.write_all(answer).await?;
        stream.flush().await?;
        Ok(onward)
    }

    async fn greet_socks(
        &self,
        stream: &mut BufStream<TcpStream>,
    ) -> std::io::Result<Option<SocketAddr>> {
        let _version = stream.read_u8().await?;
        let mut methods = vec![0; usize::from(stream.read_u8().await?)];
        stream.read_exact(&mut methods).await?;
        let method = if self.credentials.is_some() { 2 } else { 0 };
        if !methods.contains(&method) {
            stream.write_all(&[5, 0xff]).await?;
            stream.flush().await?;
            return Ok(None);
        }
        stream.write_all(&[5, method]).await?;
        stream.flush().await?;
        if let Some((user, password)) = self.credentials {
            let _version = stream.read_u8().await?;
            let given = (text(stream).await?, text(stream).await?);
            let is_right = given == (user.to_owned(), password.to_owned());
            stream.write_all(&[1, u8::from(!is_right)]).await?;
            stream.flush().await?;
            if !is_right {
                return Ok(None);
            }
        }
        let mut request = [0; 4];
        stream.read_exact(&mut request).await?;
        let host = match request[3] {
            1 => {
                let mut address = [0; 4];
                stream.read_exact(&mut address).await?;
                std::net::Ipv4Addr::from(address).to_string()
            }
            3 => text(stream).await?,
            _ => {
                let mut address = [0; 16];
                stream.read_exact(&mut address).await?;
                std::net::Ipv6Addr::from(address).to_string()
            }
        };
        let port = stream.read_u16().await?;
        let onward = self.lead(format!("{host}:{port}"));
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
        stream.flush().await?;
        Ok(onward)
    }
}

/// A text with its length before it.
async fn text(stream: &mut BufStream<TcpStream>) -> std::io::Result<String> {
    let mut bytes = vec![0; usize::from(stream.read_u8().await?)];
    stream.read_exact(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
