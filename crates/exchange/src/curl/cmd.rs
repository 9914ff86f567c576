//! Words as Windows splits them: first cmd takes off its carets, then the program splits what is left by the rules
//! of the Microsoft C runtime. Browsers write `^"…^"`, so that cmd itself sees no quotes at all.

use super::error::Fault;
use super::word::{Cursor, Split, Word, Words, unclosed};

pub(crate) fn split(text: &str) -> Result<Split, Fault> {
    let (line, rest) = command_line(text);
    Ok(Split {
        words: arguments(&line)?,
        rest,
    })
}

/// A character that cmd hands to the program, where it stood, and whether a caret stood before it.
#[derive(Clone, Copy)]
struct Placed {
    position: usize,
    character: char,
    is_escaped: bool,
}

/// The first command's line, without carets and continued lines, and where it ends.
fn command_line(text: &str) -> (Vec<Placed>, usize) {
    let mut line: Vec<Placed> = Vec::new();
    let mut cursor = Cursor::new(text);
    let mut is_quoted = false;
    loop {
        let position = cursor.position;
        let Some(character) = cursor.next() else {
            break;
        };
        let plain = |character| Placed {
            position,
            character,
            is_escaped: false,
        };
        match character {
            '^' if !is_quoted => line.extend(escaped(&mut cursor)),
            '"' => {
                is_quoted = !is_quoted;
                line.push(plain('"'));
            }
            '\n' | '\r' => {
                let is_empty = line.iter().all(|placed| placed.character.is_whitespace());
                if !is_empty && !is_quoted && !cursor.next_line_is_option() {
                    break;
                }
                line.push(plain(if is_quoted { character } else { ' ' }));
            }
            // Some browsers left the `&` of an address without its caret, so it ends a command only between blanks.
            '&' | '|'
                if !is_quoted
                    && line
                        .last()
                        .is_none_or(|last| last.character.is_whitespace())
                    && cursor
                        .peek()
                        .is_none_or(|next| next.is_whitespace() || next == character) =>
            {
                break;
            }
            other => line.push(plain(other)),
        }
    }
    (line, cursor.position)
}

/// What a caret stands before. A line's end is taken away, and the next character is literal, a line's end too.
/// Blanks behind the caret are what pasting leaves.
fn escaped(cursor: &mut Cursor<'_>) -> Option<Placed> {
    let continues = cursor.skip_blank_line_end();
    let position = cursor.position;
    if continues && cursor.skip_newline() {
        return Some(Placed {
            position,
            character: '\n',
            is_escaped: true,
        });
    }
    let character = cursor
        .peek()
        .filter(|next| !continues || !matches!(next, '^' | ' ' | '"'))?;
    cursor.next();
    Some(Placed {
        position,
        character,
        is_escaped: true,
    })
}

/// Splits a line as the C runtime does: backslashes count before a quote only, and two quotes inside quotes are one.
///
/// Browsers double every backslash, though the runtime halves those before a quote alone. What they quote, with
/// `^"`, is therefore read as they meant it.
fn arguments(line: &[Placed]) -> Result<Vec<Word>, Fault> {
    let mut words = Words::default();
    let mut opened: Option<Placed> = None;
    let mut index = 0;
    while let Some(&placed) = line.get(index) {
        let Placed {
            position,
            character,
            ..
        } = placed;
        let next_is =
            |index: usize, wanted| line.get(index).is_some_and(|next| next.character == wanted);
        index += 1;
        match character {
            '\\' => {
                let run = line[index..]
                    .iter()
                    .take_while(|next| next.character == '\\')
                    .count();
                let count = run + 1;
                index += run;
                let before_quote = next_is(index, '"');
                let is_doubled = opened.is_some_and(|quote| quote.is_escaped) && count % 2 == 0;
                let word = words.begin(position);
                word.extend(std::iter::repeat_n(
                    '\\',
                    if before_quote || is_doubled {
                        count / 2
                    } else {
                        count
                    },
                ));
                if before_quote && count % 2 == 1 {
                    word.push('"');
                    index += 1;
                }
            }
            '"' if opened.is_some() && next_is(index, '"') => {
                words.push(position, '"');
                index += 1;
            }
            '"' => {
                words.begin(position);
                opened = if opened.is_some() { None } else { Some(placed) };
            }
            blank if blank.is_whitespace() && opened.is_none() => words.end(),
            other => words.push(position, other),
        }
    }
    match opened {
        Some(quote) => unclosed(quote.position, "\""),
        None => Ok(words.finish()),
    }
}
