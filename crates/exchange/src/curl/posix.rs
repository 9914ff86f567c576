//! Words as sh, bash and zsh split them (POSIX.1-2024 Shell Command Language, section 2.2), with bash's `$'…'`.
//! Nothing is expanded: what names a variable or a command stays as it is written, and a note says so.

use super::error::Fault;
use super::word::{Cursor, Split, Words, unclosed};
use crate::note::{NoteKind, Notes};

pub(crate) fn split(text: &str, notes: &mut Notes) -> Result<Split, Fault> {
    let mut lexer = Lexer {
        cursor: Cursor::new(text),
        words: Words::default(),
        notes,
    };
    lexer.run()?;
    Ok(Split {
        rest: lexer.cursor.position,
        words: lexer.words.finish(),
    })
}

struct Lexer<'a, 'n> {
    cursor: Cursor<'a>,
    words: Words,
    notes: &'n mut Notes,
}

impl Lexer<'_, '_> {
    fn run(&mut self) -> Result<(), Fault> {
        let mut is_redirect_target = false;
        loop {
            let position = self.cursor.position;
            let Some(character) = self.cursor.next() else {
                break;
            };
            match character {
                ' ' | '\t' => self.end_word(&mut is_redirect_target),
                '\n' | '\r' => {
                    self.end_word(&mut is_redirect_target);
                    if !self.words.done.is_empty() && !self.cursor.next_line_is_option() {
                        break;
                    }
                }
                '\\' => {
                    if !self.cursor.skip_blank_line_end()
                        && let Some(escaped) = self.cursor.next()
                    {
                        self.words.push(position, escaped);
                    }
                }
                '\'' => self.single_quoted(position)?,
                '"' => self.double_quoted(position)?,
                '$' if self.cursor.skip("'") => self.ansi_c_quoted(position)?,
                '$' if self.cursor.skip("\"") => self.double_quoted(position)?,
                '$' => self.dollar(position),
                '`' => self.command_substitution(position, '`'),
                '#' if !self.words.is_open() => {
                    while self.cursor.peek().is_some_and(|next| next != '\n') {
                        self.cursor.next();
                    }
                }
                '>' | '<' => {
                    if self
                        .words
                        .current()
                        .bytes()
                        .all(|byte| byte.is_ascii_digit())
                    {
                        self.words.discard();
                    }
                    self.end_word(&mut is_redirect_target);
                    while self
                        .cursor
                        .peek()
                        .is_some_and(|next| matches!(next, '>' | '<' | '&' | '|'))
                    {
                        self.cursor.next();
                    }
                    is_redirect_target = true;
                    self.notes.add(
                        NoteKind::LeftOut,
                        "What the shell does with input and output (`<`, `>`) is left out.",
                    );
                }
                '&' if self.goes_on_in_word(['&']) => {
                    self.notes.add(
                        NoteKind::Changed,
                        "The address is not quoted: a shell would end it at the first `&`; it was read whole.",
                    );
                    self.words.push(position, '&');
                }
                ';' if self.goes_on_in_word([';']) => self.words.push(position, ';'),
                '&' | ';' | '|' => {
                    self.end_word(&mut is_redirect_target);
                    if !self.words.done.is_empty() {
                        break;
                    }
                }
                other => self.words.push(position, other),
            }
        }
        self.end_word(&mut is_redirect_target);
        Ok(())
    }

    fn end_word(&mut self, is_redirect_target: &mut bool) {
        if *is_redirect_target && self.words.is_open() {
            self.words.discard();
            *is_redirect_target = false;
        }
        self.words.end();
    }

    /// Whether a mark that would end the command stands inside a word, as in an address without quotes.
    fn goes_on_in_word(&self, marks: [char; 1]) -> bool {
        let follows = self.cursor.peek();
        self.words.is_open()
            && follows.is_some_and(|next| !next.is_whitespace() && !marks.contains(&next))
    }

    fn single_quoted(&mut self, position: usize) -> Result<(), Fault> {
        let Some((inside, _)) = self.cursor.rest().split_once('\'') else {
            return unclosed(position, "'");
        };
        self.words.begin(position).push_str(inside);
        self.cursor.position += inside.len() + 1;
        Ok(())
    }

    fn double_quoted(&mut self, position: usize) -> Result<(), Fault> {
        self.words.begin(position);
        loop {
            let here = self.cursor.position;
            match self.cursor.next() {
                None => return unclosed(position, "\""),
                Some('"') => return Ok(()),
                Some('\\') if self.cursor.skip_newline() => {}
                Some('\\') => match self.cursor.peek() {
                    Some(escaped @ ('$' | '`' | '"' | '\\')) => {
                        self.cursor.next();
                        self.words.push(here, escaped);
                    }
                    _ => self.words.push(here, '\\'),
                },
                Some('$') => self.dollar(here),
                Some('`') => self.command_substitution(here, '`'),
                Some(other) => self.words.push(here, other),
            }
        }
    }

    /// A `$`: of a variable, of a command, or just that.
    fn dollar(&mut self, position: usize) {
        self.words.push(position, '$');
        let rest = self.cursor.rest();
        let name: String = rest
            .strip_prefix('{')
            .unwrap_or(rest)
            .chars()
            .take_while(|next| next.is_ascii_alphanumeric() || *next == '_')
            .take(40)
            .collect();
        if self.cursor.skip("(") {
            self.words.push(position, '(');
            self.command_substitution_body(position, ')');
        } else if name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
            self.notes.add(
                NoteKind::Missing,
                format!("`${name}` is a variable of the shell: put its value, or a variable of the connector, in its place."),
            );
        }
    }

    fn command_substitution(&mut self, position: usize, close: char) {
        self.words.push(position, '`');
        self.command_substitution_body(position, close);
    }

    /// Takes over a command in a command as it is written, blanks too.
    fn command_substitution_body(&mut self, position: usize, close: char) {
        self.notes.add(
            NoteKind::Missing,
            "A command inside the command is not run: put its result, or a variable of the connector, in its place.",
        );
        let mut depth = 1_usize;
        while let Some(character) = self.cursor.next() {
            self.words.push(position, character);
            if character == close {
                depth -= 1;
            } else if character == '(' {
                depth += usize::from(close == ')');
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// `$'…'` of bash, zsh and ksh, which browsers write for anything beyond plain ASCII.
    fn ansi_c_quoted(&mut self, position: usize) -> Result<(), Fault> {
        let mut bytes = Vec::new();
        let mut high_surrogate = None;
        let mut buffer = [0; 4];
        loop {
            let Some(character) = self.cursor.next() else {
                return unclosed(position, "$'");
            };
            let unit = match character {
                '\'' => break,
                '\\' => self.ansi_c_escape(),
                other => Escaped::Unit(u32::from(other)),
            };
            match unit {
                Escaped::Byte(byte) => bytes.push(byte),
                // Browsers write characters beyond the first plane as two UTF-16 units.
                Escaped::Unit(unit @ 0xD800..=0xDBFF) => high_surrogate = Some(unit),
                Escaped::Unit(unit) => {
                    let unit = match (high_surrogate.take(), unit) {
                        (Some(high), 0xDC00..=0xDFFF) => {
                            0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)
                        }
                        _ => unit,
                    };
                    let character = char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER);
                    bytes.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if text.contains(char::REPLACEMENT_CHARACTER) {
            self.notes.add(
                NoteKind::Changed,
                "Bytes that are no UTF-8 text were replaced by `\u{fffd}`.",
            );
        }
        self.words.begin(position).push_str(&text);
        Ok(())
    }

    fn ansi_c_escape(&mut self) -> Escaped {
        let Some(letter) = self.cursor.next() else {
            return Escaped::Byte(b'\\');
        };
        match letter {
            'a' => Escaped::Byte(0x07),
            'b' => Escaped::Byte(0x08),
            'e' | 'E' => Escaped::Byte(0x1b),
            'f' => Escaped::Byte(0x0c),
            'n' => Escaped::Byte(b'\n'),
            'r' => Escaped::Byte(b'\r'),
            't' => Escaped::Byte(b'\t'),
            'v' => Escaped::Byte(0x0b),
            'x' => self.digits(16, 2).map_or(Escaped::Byte(b'x'), byte),
            'u' => self
                .digits(16, 4)
                .map_or(Escaped::Byte(b'u'), Escaped::Unit),
            'U' => self
                .digits(16, 8)
                .map_or(Escaped::Byte(b'U'), Escaped::Unit),
            '0'..='7' => {
                self.cursor.position -= 1;
                self.digits(8, 3).map_or(Escaped::Byte(0), byte)
            }
            'c' => self
                .cursor
                .next()
                .map_or(Escaped::Byte(b'c'), |key| byte(u32::from(key) & 0x1f)),
            other => Escaped::Unit(u32::from(other)),
        }
    }

    fn digits(&mut self, radix: u32, most: usize) -> Option<u32> {
        let mut value = None;
        for _ in 0..most {
            let Some(digit) = self.cursor.peek().and_then(|next| next.to_digit(radix)) else {
                break;
            };
            self.cursor.next();
            value = Some(
                value
                    .unwrap_or(0_u32)
                    .wrapping_mul(radix)
                    .wrapping_add(digit),
            );
        }
        value
    }
}

/// What an escape of `$'…'` stands for.
enum Escaped {
    Byte(u8),
    /// A character, or half of one in UTF-16.
    Unit(u32),
}

fn byte(value: u32) -> Escaped {
    Escaped::Byte(value.to_le_bytes()[0])
}
