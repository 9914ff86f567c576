//! From a pasted command to a request.

use latchwork_model::{Request, Seconds};
use serde::Serialize;

use super::address::{Address, decode_fields};
use super::body;
use super::command::Command;
use super::dialect::Dialect;
use super::error::{CurlError, CurlErrorKind, Fault, cut};
use super::headers::{CREDENTIALS_AS_HEADER, Headers, is_token};
use super::word::Word;
use crate::TEXT_LIMIT;
use crate::literal::escape;
use crate::note::{Note, NoteKind, Notes};
use crate::secret::plain_secrets;

/// A request that was read from a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CurlImport {
    /// The request; what was pasted stands in it as text, never as a template.
    pub request: Request,
    /// What was left out, read otherwise, or is missing.
    pub notes: Vec<Note>,
}

/// Reads a cURL command for sh, cmd or PowerShell.
///
/// Redirects are followed unless `--no-location` says otherwise: curl follows none without `-L`, but what browsers
/// copy never has it, and browsers do follow.
pub fn from_curl(text: &str) -> Result<CurlImport, CurlError> {
    let fault = match read(text) {
        Ok(import) => return Ok(import),
        Err(fault) => fault,
    };
    Err(CurlError::new(text, fault))
}

fn read(text: &str) -> Result<CurlImport, Fault> {
    check_text(text)?;
    let mut notes = Notes::default();
    let split = Dialect::of(text).split(text, &mut notes)?;
    if text
        .get(split.rest..)
        .is_some_and(|rest| !rest.trim().is_empty())
    {
        notes.add(
            NoteKind::LeftOut,
            "Only the first command is read; what follows it is left out.",
        );
    }
    let mut words = behind_program(split.words)?;
    let command = Command::sort(&mut words, text.len(), &mut notes)?;
    if words.next().is_some() {
        notes.add(
            NoteKind::LeftOut,
            "Only the first request is read; what follows `--next` is left out.",
        );
    }
    let request = request(&command, text.len(), &mut notes)?;
    note_secrets(&request, &mut notes);
    Ok(CurlImport {
        request,
        notes: notes.into_vec(),
    })
}

/// All requests of a script, and how many other commands it has.
pub(crate) fn read_script(text: &str) -> Result<Script, CurlError> {
    let mut script = Script::default();
    script
        .read(text)
        .map_err(|fault| CurlError::new(text, fault))?;
    Ok(script)
}

/// Requests in the order in which a script sends them.
#[derive(Debug, Default)]
pub(crate) struct Script {
    pub requests: Vec<Request>,
    /// Commands that are not cURL.
    pub others: usize,
    pub notes: Notes,
}

impl Script {
    fn read(&mut self, text: &str) -> Result<(), Fault> {
        check_text(text)?;
        let dialect = Dialect::of(text);
        let mut start = 0;
        let mut first_fault = None;
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            let mut notes = Notes::default();
            let fault = match dialect.split(rest, &mut notes) {
                Ok(split) => {
                    let begin = start;
                    start += split.rest.max(1);
                    if split.words.is_empty() {
                        continue;
                    }
                    match behind_program(split.words) {
                        Ok(words) => {
                            self.command(words, begin, split.rest, notes)?;
                            continue;
                        }
                        Err(fault) => fault.after(begin),
                    }
                }
                Err(fault) if begins_with_curl(rest) => return Err(fault.after(start)),
                // The quote of some prose, or of another command.
                Err(fault) => {
                    let begin = start;
                    start += rest.find('\n').map_or(rest.len(), |newline| newline + 1);
                    fault.after(begin)
                }
            };
            self.others += 1;
            first_fault.get_or_insert(fault);
        }
        match first_fault {
            Some(fault) if self.requests.is_empty() => Err(fault),
            None if self.requests.is_empty() => Err(Fault {
                position: 0,
                kind: CurlErrorKind::Empty,
            }),
            _ => Ok(()),
        }
    }

    /// One command, which `--next` divides into requests.
    fn command(
        &mut self,
        words: impl Iterator<Item = Word>,
        start: usize,
        length: usize,
        mut notes: Notes,
    ) -> Result<(), Fault> {
        let mut words = words.peekable();
        loop {
            let request = Command::sort(&mut words, length, &mut notes)
                .and_then(|command| request(&command, length, &mut notes))
                .map_err(|fault| fault.after(start))?;
            self.requests.push(request);
            if words.peek().is_none() {
                break;
            }
        }
        // It becomes basic auth, or a secret variable.
        notes.forget(CREDENTIALS_AS_HEADER);
        self.notes.extend(notes);
        Ok(())
    }
}

/// Whether the first word on the first line is curl, after a prompt.
fn begins_with_curl(text: &str) -> bool {
    let first = text
        .split_whitespace()
        .find(|word| !matches!(*word, "$" | "%" | ">") && !is_assignment(word));
    first.is_some_and(is_curl)
}

/// Refuses what is too large, empty, or visibly no cURL command before its quotes are looked at.
fn check_text(text: &str) -> Result<(), Fault> {
    let at_start = |kind| Fault { position: 0, kind };
    if text.len() > TEXT_LIMIT {
        return Err(at_start(CurlErrorKind::TooLarge {
            bytes: text.len(),
            limit: TEXT_LIMIT,
        }));
    }
    if text.trim().is_empty() {
        return Err(at_start(CurlErrorKind::Empty));
    }
    check_program(text)
}

/// Refuses what does not begin like a cURL command before its quotes are looked at: the message is better.
fn check_program(text: &str) -> Result<(), Fault> {
    let start = text.trim_start();
    let position = text.len() - start.len();
    let lower = start.get(..80).unwrap_or(start).to_ascii_lowercase();
    // An argument of curl's may say anything.
    let before_curl = lower.split("curl").next().unwrap_or_default();
    if lower.starts_with("$session")
        || before_curl.contains("invoke-webrequest")
        || before_curl.contains("invoke-restmethod")
    {
        return Err(Fault {
            position,
            kind: CurlErrorKind::PowerShellRequest,
        });
    }
    Ok(())
}

/// Skips a prompt and assignments, and then `curl` itself.
fn behind_program(words: Vec<Word>) -> Result<impl Iterator<Item = Word>, Fault> {
    let mut words = words.into_iter().peekable();
    while words
        .next_if(|word| matches!(word.text.as_str(), "$" | "%" | ">") || is_assignment(&word.text))
        .is_some()
    {}
    match words.next() {
        Some(word) if is_curl(&word.text) => Ok(words),
        Some(word) => Err(Fault {
            position: word.position,
            kind: CurlErrorKind::NotCurl {
                found: cut(&word.text),
            },
        }),
        None => Err(Fault {
            position: 0,
            kind: CurlErrorKind::Empty,
        }),
    }
}

fn is_curl(word: &str) -> bool {
    let name = word
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(word)
        .to_ascii_lowercase();
    name == "curl" || name == "curl.exe"
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn request(command: &Command, end: usize, notes: &mut Notes) -> Result<Request, Fault> {
    let Some(url) = command.urls.first() else {
        return Err(Fault {
            position: end,
            kind: CurlErrorKind::NoUrl,
        });
    };
    if command.urls.len() > 1 {
        notes.add(
            NoteKind::LeftOut,
            "Only the first address is read; the others are left out.",
        );
    }
    let mut address = Address::read(&url.text, notes).map_err(|reason| Fault {
        position: url.position,
        kind: CurlErrorKind::InvalidUrl { reason },
    })?;
    let mut headers = Headers::read(command, address.credentials.take(), notes)?;
    let mut data = body::data(command, notes);
    for word in &command.url_queries {
        let encoded = match word.text.strip_prefix('+') {
            Some(raw) => raw.to_owned(),
            None => body::url_encoded(&word.text, notes),
        };
        add_query(&mut address, &encoded);
    }
    if command.is_get
        && let Some(query) = data.take()
    {
        add_query(&mut address, &query);
    }
    let body = body::read(command, data, &mut headers, notes);
    let mut request = Request::new(&method(command)?, escape(&address.url));
    request.query = address.query;
    request.headers = headers.into_parameters();
    request.body = body;
    request.follow_redirects = command.location.unwrap_or(true);
    request.timeout_seconds = command
        .max_time
        .as_ref()
        .and_then(|word| timeout(word, notes));
    Ok(request)
}

fn note_secrets(request: &Request, notes: &mut Notes) {
    const MOST: usize = 8;
    let names: Vec<String> = plain_secrets(request)
        .iter()
        .take(MOST)
        .map(|name| format!("`{}`", cut(name)))
        .collect();
    if !names.is_empty() {
        notes.add(
            NoteKind::Secret,
            format!(
                "In plain text now: {}. Put such values into secret variables, or let a step get them.",
                names.join(", ")
            ),
        );
    }
}

fn add_query(address: &mut Address, encoded: &str) {
    if encoded.is_empty() {
        return;
    }
    if let Some(fields) = decode_fields(encoded) {
        address.query.extend(fields);
    } else {
        address
            .url
            .push(if address.url.contains('?') { '&' } else { '?' });
        address.url.push_str(encoded);
    }
}

fn method(command: &Command) -> Result<String, Fault> {
    if let Some(word) = &command.method {
        return if is_token(&word.text) {
            Ok(word.text.clone())
        } else {
            Err(Fault {
                position: word.position,
                kind: CurlErrorKind::InvalidMethod {
                    method: cut(&word.text),
                },
            })
        };
    }
    let method = if command.is_head {
        "HEAD"
    } else if command.uploads {
        "PUT"
    } else if !command.form.is_empty() || (!command.data.is_empty() && !command.is_get) {
        "POST"
    } else {
        "GET"
    };
    Ok(method.to_owned())
}

fn timeout(word: &Word, notes: &mut Notes) -> Option<Seconds> {
    let seconds = word
        .text
        .parse::<f64>()
        .ok()
        .filter(|seconds| *seconds > 0.0);
    let seconds = seconds.and_then(|seconds| serde_json::from_value(seconds.into()).ok());
    if seconds.is_none() {
        notes.add(
            NoteKind::LeftOut,
            "`--max-time` is left out: it is not a number of seconds.",
        );
    }
    seconds
}
