//! A server on this machine that takes a request and never answers: what a slow step waits for.
//!
//! It tells what a story needs to know of the other side: that a request came, and that whoever sent it hung up.

use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use crate::failure::Failure;
use crate::waiting::PATIENCE;

/// A silent server, for as long as the story plays.
pub struct SilentServer {
    address: String,
    requests: Receiver<Request>,
}

/// A request that waits for its answer.
pub struct Request {
    /// Its first line.
    pub line: String,
    connection: TcpStream,
}

impl SilentServer {
    /// Listens on a free port of this machine.
    pub fn start() -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = format!("http://{}", listener.local_addr()?);
        let (sender, requests) = channel();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let mut line = String::new();
                if BufReader::new(&connection).read_line(&mut line).is_err() {
                    continue;
                }
                let line = line.trim_end().to_owned();
                if sender.send(Request { line, connection }).is_err() {
                    return;
                }
            }
        });
        Ok(Self { address, requests })
    }

    /// Its address, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits for a request.
    pub fn request(&self) -> Result<Request, Failure> {
        self.requests
            .recv_timeout(PATIENCE)
            .map_err(|error| Failure::program("the silent server", error))
    }
}

impl Request {
    /// Waits until whoever sent it hangs up.
    pub fn wait_until_dropped(mut self) -> Result<(), Failure> {
        self.connection.set_read_timeout(Some(PATIENCE))?;
        let mut rest = [0; 4096];
        // What is left of the request comes first; then nothing more, or an end by force.
        loop {
            match self.connection.read(&mut rest) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return Ok(()),
                Err(error) => {
                    return Err(Failure::program("the silent server", error));
                }
            }
        }
    }
}
