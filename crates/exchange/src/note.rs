//! What a person should know of an import or export that went well.

use std::fmt;

use serde::Serialize;

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteKind {
    /// Something that has no counterpart here, or says nothing about the request.
    LeftOut,
    /// Something that was read in another sense than it was written.
    Changed,
    /// Something that only the person has: a file, the value of a shell variable.
    Missing,
    /// A credential that now stands in plain text.
    Secret,
}

/// A sentence about an import or export. It never holds a value of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// What a person reads.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// Notes as they come up, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes(Vec<Note>);

impl Notes {
    /// More than this many would be read by nobody.
    const LIMIT: usize = 50;

    pub fn add(&mut self, kind: NoteKind, message: impl Into<String>) {
        let note = Note {
            kind,
            message: message.into(),
        };
        if self.0.len() < Self::LIMIT && !self.0.contains(&note) {
            self.0.push(note);
        }
    }

    /// Whether there is such a note.
    pub fn has(&self, message: &str) -> bool {
        self.0.iter().any(|note| note.message == message)
    }

    /// Takes a note back.
    pub fn forget(&mut self, message: &str) {
        self.0.retain(|note| note.message != message);
    }

    pub fn extend(&mut self, others: Self) {
        for note in others.0 {
            self.add(note.kind, note.message);
        }
    }

    pub fn into_vec(self) -> Vec<Note> {
        self.0
    }
}
