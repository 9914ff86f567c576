//! Options and addresses of a command, sorted by what they mean, before a request is made of them.

use super::error::{CurlErrorKind, Fault, cut};
use super::options::{CurlOption, DataKind, Meaning, by_long, by_short};
use super::word::Word;
use crate::note::{NoteKind, Notes};

/// A command whose words are sorted.
#[derive(Debug, Default)]
pub(crate) struct Command {
    pub method: Option<Word>,
    pub urls: Vec<Word>,
    pub url_queries: Vec<Word>,
    pub headers: Vec<Word>,
    pub data: Vec<(DataKind, Word)>,
    /// Fields, and whether `@`, `<` and `;` in them are just characters.
    pub form: Vec<(Word, bool)>,
    pub is_get: bool,
    pub is_head: bool,
    pub uploads: bool,
    pub user: Option<Word>,
    pub bearer: Option<Word>,
    pub cookies: Vec<Word>,
    pub user_agent: Option<Word>,
    pub referer: Option<Word>,
    pub location: Option<bool>,
    pub max_time: Option<Word>,
    /// Options that are left out, by the reason.
    left_out: Vec<(Meaning, String)>,
    has_ended: bool,
}

impl Command {
    /// Sorts the words behind `curl`, up to a `--next`; `end` is where a value that is missing would have stood.
    pub fn sort(
        words: &mut impl Iterator<Item = Word>,
        end: usize,
        notes: &mut Notes,
    ) -> Result<Self, Fault> {
        let mut command = Self::default();
        let mut only_addresses = false;
        while !command.has_ended
            && let Some(word) = words.next()
        {
            if only_addresses || !word.text.starts_with('-') || word.text == "-" {
                command.urls.push(word);
            } else if word.text == "--" {
                only_addresses = true;
            } else if let Some(name) = word.text.strip_prefix("--") {
                let Some((option, on)) = by_long(name) else {
                    return Err(unknown(&word, &word.text));
                };
                let value = option
                    .takes_value
                    .then(|| words.next().ok_or_else(|| missing(end, &word.text)));
                command.take(option, on, value.transpose()?);
            } else {
                command.letters(&word, words, end)?;
            }
        }
        command.note_left_out(notes);
        Ok(command)
    }

    /// One-letter options, which can be joined: `-sSLd value`, `-XPOST`.
    fn letters(
        &mut self,
        word: &Word,
        words: &mut impl Iterator<Item = Word>,
        end: usize,
    ) -> Result<(), Fault> {
        for (index, letter) in word.text.char_indices().skip(1) {
            let Some(option) = by_short(letter) else {
                return Err(unknown(word, &format!("-{letter}")));
            };
            if !option.takes_value {
                self.take(option, true, None);
                continue;
            }
            let start = index + letter.len_utf8();
            let joined = &word.text[start..];
            let value = if joined.is_empty() {
                words
                    .next()
                    .ok_or_else(|| missing(end, &format!("-{letter}")))?
            } else {
                Word {
                    text: joined.to_owned(),
                    position: word.position + start,
                }
            };
            self.take(option, true, Some(value));
            break;
        }
        Ok(())
    }

    fn take(&mut self, option: CurlOption, on: bool, value: Option<Word>) {
        match (option.meaning, value) {
            (Meaning::Method, value) => self.method = value,
            (Meaning::Header, value) => self.headers.extend(value),
            (Meaning::Data(kind), value) => self.data.extend(value.map(|value| (kind, value))),
            (Meaning::Form, value) => self.form.extend(value.map(|value| (value, false))),
            (Meaning::FormString, value) => self.form.extend(value.map(|value| (value, true))),
            (Meaning::Get, _) => self.is_get = on,
            (Meaning::Head, _) => self.is_head = on,
            (Meaning::Upload, _) => self.uploads = true,
            (Meaning::User, value) => self.user = value,
            (Meaning::Bearer, value) => self.bearer = value,
            (Meaning::Cookie, value) => self.cookies.extend(value),
            (Meaning::UserAgent, value) => self.user_agent = value,
            (Meaning::Referer, value) => self.referer = value,
            (Meaning::Location, _) => self.location = Some(on),
            (Meaning::MaxTime, value) => self.max_time = value,
            (Meaning::Url, value) => self.urls.extend(value),
            (Meaning::UrlQuery, value) => self.url_queries.extend(value),
            (Meaning::Next, _) => self.has_ended = true,
            (meaning, _) if on => self
                .left_out
                .push((meaning, format!("`--{}`", option.long))),
            _ => {}
        }
    }

    fn note_left_out(&self, notes: &mut Notes) {
        for (meaning, reason) in [
            (
                Meaning::Insecure,
                "Certificate checks stay on; they can be switched off in the connector's network settings.",
            ),
            (
                Meaning::Network,
                "Where it matters, set it in the connector's network settings.",
            ),
            (
                Meaning::OtherAuth,
                "This way of signing in is not taken over: design it as steps or signing.",
            ),
            (Meaning::Other, "A request has no such setting."),
            (
                Meaning::Printing,
                "This is about how curl works or prints, not about what is sent.",
            ),
        ] {
            let mut names: Vec<&str> = Vec::new();
            for (_, name) in self.left_out.iter().filter(|(of, _)| *of == meaning) {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
            if !names.is_empty() {
                notes.add(
                    NoteKind::LeftOut,
                    format!("Left out: {}. {reason}", names.join(", ")),
                );
            }
        }
    }
}

fn unknown(word: &Word, option: &str) -> Fault {
    Fault {
        position: word.position,
        kind: CurlErrorKind::UnknownOption {
            option: cut(option),
        },
    }
}

fn missing(end: usize, option: &str) -> Fault {
    Fault {
        position: end,
        kind: CurlErrorKind::MissingValue {
            option: option.to_owned(),
        },
    }
}
