//! Which shell a command was written for.

use super::error::Fault;
use super::word::{Cursor, Split};
use super::{cmd, posix, powershell};
use crate::note::Notes;

/// A shell whose quoting is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// sh, bash, zsh: `'…'`, `"…"`, `$'…'`, `\` at a line's end.
    Posix,
    /// Windows' cmd: `^"…^"`, `"…"`, `^` at a line's end.
    Cmd,
    /// PowerShell: `'…'`, `"…"`, a backtick at a line's end.
    PowerShell,
}

impl Dialect {
    /// The first mark outside POSIX quotes that only one of them writes; POSIX where there is none.
    pub fn of(text: &str) -> Self {
        let mut cursor = Cursor::new(text);
        let mut quote = None;
        while let Some(character) = cursor.next() {
            match (quote, character) {
                (Some('"') | None, '\\') => {
                    if quote.is_none() && cursor.skip_blank_line_end() {
                        return Self::Posix;
                    }
                    cursor.next();
                }
                (Some(open), _) if open == character => quote = None,
                (None, '\'' | '"') => quote = Some(character),
                (None, '^') if cursor.peek() == Some('"') || cursor.skip_blank_line_end() => {
                    return Self::Cmd;
                }
                (None, '`') if cursor.skip_blank_line_end() => return Self::PowerShell,
                _ => {}
            }
        }
        Self::Posix
    }

    /// Splits the first command of a text into words.
    pub fn split(self, text: &str, notes: &mut Notes) -> Result<Split, Fault> {
        match self {
            Self::Posix => posix::split(text, notes),
            Self::Cmd => cmd::split(text),
            Self::PowerShell => powershell::split(text, notes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn a_shell_is_known_by_its_marks_outside_quotes() {
        for (text, dialect) in [
            ("curl 'https://x/' \\\n -d '^\"'", Dialect::Posix),
            ("curl 'https://x/' -d '^\"' ", Dialect::Posix),
            (
                "curl ^\"https://x/^\" ^\r\n -H ^\"a: don't^\"",
                Dialect::Cmd,
            ),
            ("curl \"https://x/\" ^\n -k", Dialect::Cmd),
            ("curl.exe \"https://x/\" `\n -k", Dialect::PowerShell),
            ("curl https://x/", Dialect::Posix),
        ] {
            assert_eq!(Dialect::of(text), dialect, "{text}");
        }
    }
}
