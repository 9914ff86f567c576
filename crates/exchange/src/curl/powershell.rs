//! Words as PowerShell splits them for a program: `'…'` with `''` inside, `"…"` with backtick escapes.

use super::error::Fault;
use super::word::{Cursor, Split, Words, unclosed};
use crate::note::{NoteKind, Notes};

pub(crate) fn split(text: &str, notes: &mut Notes) -> Result<Split, Fault> {
    let mut cursor = Cursor::new(text);
    let mut words = Words::default();
    loop {
        let position = cursor.position;
        let Some(character) = cursor.next() else {
            break;
        };
        match character {
            ' ' | '\t' => words.end(),
            '\n' | '\r' | ';' | '|' => {
                words.end();
                if !words.done.is_empty() && !cursor.next_line_is_option() {
                    break;
                }
            }
            '`' => {
                if !cursor.skip_blank_line_end()
                    && let Some(escaped) = cursor.next()
                {
                    words.push(position, backtick(escaped));
                }
            }
            '\'' => single_quoted(&mut cursor, &mut words, position)?,
            '"' => double_quoted(&mut cursor, &mut words, position, notes)?,
            other => words.push(position, other),
        }
    }
    Ok(Split {
        rest: cursor.position,
        words: words.finish(),
    })
}

fn single_quoted(cursor: &mut Cursor<'_>, words: &mut Words, position: usize) -> Result<(), Fault> {
    words.begin(position);
    loop {
        match cursor.next() {
            None => return unclosed(position, "'"),
            Some('\'') if cursor.skip("'") => words.push(position, '\''),
            Some('\'') => return Ok(()),
            Some(other) => words.push(position, other),
        }
    }
}

fn double_quoted(
    cursor: &mut Cursor<'_>,
    words: &mut Words,
    position: usize,
    notes: &mut Notes,
) -> Result<(), Fault> {
    words.begin(position);
    loop {
        match cursor.next() {
            None => return unclosed(position, "\""),
            Some('"') if cursor.skip("\"") => words.push(position, '"'),
            Some('"') => return Ok(()),
            // Windows PowerShell hands quotes to programs only where they are escaped for the C runtime too.
            Some('\\') if cursor.rest().starts_with("`\"") => {
                cursor.position += 2;
                words.push(position, '"');
            }
            Some('`') if cursor.skip_newline() => words.push(position, '\n'),
            Some('`') => {
                if let Some(escaped) = cursor.next() {
                    words.push(position, backtick(escaped));
                }
            }
            Some('$') => {
                words.push(position, '$');
                if cursor
                    .peek()
                    .is_some_and(|next| next.is_alphabetic() || matches!(next, '{' | '(' | '_'))
                {
                    notes.add(
                        NoteKind::Missing,
                        "A variable of the shell (`$…`) is not filled in: put its value, or a variable of the connector, in its place.",
                    );
                }
            }
            Some(other) => words.push(position, other),
        }
    }
}

fn backtick(escaped: char) -> char {
    match escaped {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        other => other,
    }
}
