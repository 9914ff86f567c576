//! Lines of standard input, each read only while somebody waits for it, so that a question and a pasted address never
//! take each other's.
//!
//! Deliberately not here: files named on the command line, `-` among them; those are read whole, in `input`.

use std::io::{self, Read as _};

use tokio::sync::{Mutex, oneshot};

/// The most that is read at once.
const CHUNK: usize = 64 * 1024;
/// A line that is longer is cut: no answer and no address is.
const LONGEST: usize = 1024 * 1024;

/// Standard input, a line at a time.
#[derive(Default)]
pub(crate) struct Lines(Mutex<Reader>);

#[derive(Default)]
struct Reader {
    /// What was read and not asked for yet.
    bytes: Vec<u8>,
    ended: bool,
    /// A read on a thread of its own, which holds no process up. It goes on where nobody waits any longer, and the
    /// next one who does has what it gives.
    under_way: Option<oneshot::Receiver<io::Result<Vec<u8>>>>,
}

impl Lines {
    /// The next line, without its end; `None` where the input ended. Whoever stops waiting takes nothing away.
    pub(crate) async fn next(&self) -> Option<String> {
        let mut reader = self.0.lock().await;
        loop {
            if let Some(line) = reader.take_line() {
                return Some(line);
            }
            if reader.ended {
                return None;
            }
            match reader.chunk().await {
                Ok(chunk) if !chunk.is_empty() => reader.bytes.extend(chunk),
                // An input that cannot be read says as much as one that ended.
                _ => reader.ended = true,
            }
        }
    }
}

impl Reader {
    fn take_line(&mut self) -> Option<String> {
        let end = self.bytes.iter().position(|byte| *byte == b'\n');
        let length = match end {
            Some(end) => end + 1,
            None if self.bytes.len() >= LONGEST => LONGEST,
            None if self.ended && !self.bytes.is_empty() => self.bytes.len(),
            None => return None,
        };
        let line: Vec<u8> = self.bytes.drain(..length).collect();
        let line = String::from_utf8_lossy(&line);
        Some(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// What comes next.
    async fn chunk(&mut self) -> io::Result<Vec<u8>> {
        let under_way = self.under_way.get_or_insert_with(|| {
            let (sender, receiver) = oneshot::channel();
            std::thread::spawn(move || sender.send(read_once()));
            receiver
        });
        let chunk = under_way.await.unwrap_or_else(|_| Ok(Vec::new()));
        self.under_way = None;
        chunk
    }
}

/// One read: what is there, at most a chunk.
fn read_once() -> io::Result<Vec<u8>> {
    let mut chunk = vec![0; CHUNK];
    // As long as its own buffer, or longer: it keeps nothing back.
    let length = io::stdin().lock().read(&mut chunk)?;
    chunk.truncate(length);
    Ok(chunk)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Reader};

    #[test]
    fn lines_come_one_by_one_and_the_last_needs_no_end() {
        let mut reader = Reader {
            bytes: b"one\r\n\ntwo".to_vec(),
            ..Reader::default()
        };
        assert_eq!(reader.take_line().as_deref(), Some("one"));
        assert_eq!(reader.take_line().as_deref(), Some(""));
        assert_eq!(reader.take_line(), None, "it may go on");
        reader.ended = true;
        assert_eq!(reader.take_line().as_deref(), Some("two"));
        assert_eq!(reader.take_line(), None);
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let mut reader = Reader {
            bytes: vec![b'x'; LONGEST + 1],
            ..Reader::default()
        };
        assert_eq!(reader.take_line().map(|line| line.len()), Some(LONGEST));
        assert_eq!(reader.take_line(), None);
    }
}
