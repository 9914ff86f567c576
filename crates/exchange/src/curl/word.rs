//! Words of a command line, as each of the lexers gives them.

use super::error::{CurlErrorKind, Fault};

/// A word after quotes and escapes are taken off, and where it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub text: String,
    /// In bytes from the beginning of what was pasted.
    pub position: usize,
}

/// The words of a text's first command.
pub(crate) struct Split {
    pub words: Vec<Word>,
    /// Where what follows that command begins.
    pub rest: usize,
}

/// A word that is being put together. An empty pair of quotes makes one too.
#[derive(Default)]
pub(crate) struct Words {
    pub done: Vec<Word>,
    open: Option<Word>,
}

impl Words {
    /// Begins a word where none is open.
    pub fn begin(&mut self, position: usize) -> &mut String {
        &mut self
            .open
            .get_or_insert_with(|| Word {
                text: String::new(),
                position,
            })
            .text
    }

    pub fn push(&mut self, position: usize, character: char) {
        self.begin(position).push(character);
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The word so far.
    pub fn current(&self) -> &str {
        self.open.as_ref().map_or("", |word| &word.text)
    }

    pub fn end(&mut self) {
        self.done.extend(self.open.take());
    }

    pub fn discard(&mut self) {
        self.open = None;
    }

    pub fn finish(mut self) -> Vec<Word> {
        self.end();
        self.done
    }
}

/// The text that is read, a character at a time.
pub(crate) struct Cursor<'a> {
    text: &'a str,
    pub position: usize,
}

impl<'a> Cursor<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, position: 0 }
    }

    pub fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += character.len_utf8();
        Some(character)
    }

    /// Skips this text where it follows.
    pub fn skip(&mut self, text: &str) -> bool {
        let follows = self.rest().starts_with(text);
        if follows {
            self.position += text.len();
        }
        follows
    }

    /// Skips a line's end where it follows.
    pub fn skip_newline(&mut self) -> bool {
        self.skip("\r\n") || self.skip("\n") || self.skip("\r")
    }

    /// Skips blanks and then a line's end, or nothing: a mark of continuation with blanks behind it, which pasting
    /// through a chat leaves.
    pub fn skip_blank_line_end(&mut self) -> bool {
        let start = self.position;
        while self.skip(" ") || self.skip("\t") {}
        let found = self.skip_newline();
        if !found {
            self.position = start;
        }
        found
    }

    /// Whether the next line goes on with an option, though nothing says that the line continues: no command
    /// begins with a dash, so this is a command whose marks were lost.
    pub fn next_line_is_option(&self) -> bool {
        self.rest().trim_start().starts_with('-')
    }
}

pub(crate) fn unclosed<T>(position: usize, quote: &'static str) -> Result<T, Fault> {
    Err(Fault {
        position,
        kind: CurlErrorKind::UnclosedQuote { quote },
    })
}
