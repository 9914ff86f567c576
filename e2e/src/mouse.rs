//! A mouse on the display itself: what the X server is told is what a hand would do.
//!
//! WebKitWebDriver makes its pointer events inside the engine: a drag begins, and nothing is ever dropped. XTEST makes
//! them in the X server, so a drag goes the whole way: toolkit, engine, page. The four requests that takes are
//! written here, rather than a library for the hundreds that X has. No keys: those the driver presses well.

use std::io::{Read, Write};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};

use crate::failure::Failure;

/// Requests of the X protocol (X.Org, *X Window System Protocol*, appendix B).
const QUERY_EXTENSION: u8 = 98;
const GET_INPUT_FOCUS: u8 = 43;
/// The one request of XTEST, and what it fakes.
const FAKE_INPUT: u8 = 2;
const BUTTON_PRESS: u8 = 4;
const BUTTON_RELEASE: u8 = 5;
const MOTION: u8 = 6;

/// The button under the index finger.
const LEFT: u8 = 1;
/// A reply begins with this; events, which nobody here asked for, with other numbers.
const REPLY: u8 = 1;

/// The mouse of a display.
pub struct Mouse {
    server: UnixStream,
    xtest: u8,
}

impl Mouse {
    /// Takes hold of the mouse of a display, such as `:7`.
    pub fn of(display: &str) -> Result<Self, Failure> {
        let mut server = connect(display.trim_start_matches(':'))?;
        greet(&mut server)?;
        let mut mouse = Self { server, xtest: 0 };
        let name = b"XTEST\0\0\0";
        let mut request = vec![QUERY_EXTENSION, 0, 4, 0, 5, 0, 0, 0];
        request.extend_from_slice(name);
        let answer = mouse.ask(&request)?;
        if answer[8] == 0 {
            return Err(Failure::program("Xvfb", "it has no XTEST extension"));
        }
        mouse.xtest = answer[9];
        Ok(mouse)
    }

    /// Moves to a point of the display.
    pub fn move_to(&mut self, x: i16, y: i16) -> Result<(), Failure> {
        self.fake(MOTION, 0, x, y)
    }

    /// Puts the left button down.
    pub fn press(&mut self) -> Result<(), Failure> {
        self.fake(BUTTON_PRESS, LEFT, 0, 0)
    }

    /// Lets the left button go.
    pub fn release(&mut self) -> Result<(), Failure> {
        self.fake(BUTTON_RELEASE, LEFT, 0, 0)
    }

    fn fake(&mut self, kind: u8, detail: u8, x: i16, y: i16) -> Result<(), Failure> {
        // Length in words, then: what, detail, no delay, the screen that the pointer is on, where, which device.
        let mut request = [0; 36];
        request[..6].copy_from_slice(&[self.xtest, FAKE_INPUT, 9, 0, kind, detail]);
        request[24..26].copy_from_slice(&x.to_le_bytes());
        request[26..28].copy_from_slice(&y.to_le_bytes());
        self.server.write_all(&request)?;
        // Its answer comes after the server has done the above.
        self.ask(&[GET_INPUT_FOCUS, 0, 1, 0]).map(drop)
    }

    /// Sends a request whose reply has 32 bytes, and waits for it.
    fn ask(&mut self, request: &[u8]) -> Result<[u8; 32], Failure> {
        self.server.write_all(request)?;
        let mut answer = [0; 32];
        loop {
            self.server.read_exact(&mut answer)?;
            match answer[0] {
                REPLY => return Ok(answer),
                0 => {
                    let error = format!("it answered with error {}", answer[1]);
                    return Err(Failure::program("Xvfb", error));
                }
                _ => {}
            }
        }
    }
}

/// The server's socket: a file, or a name where nobody may make the folder for it.
fn connect(number: &str) -> Result<UnixStream, Failure> {
    let path = format!("/tmp/.X11-unix/X{number}");
    Ok(UnixStream::connect(&path).or_else(|_| {
        SocketAddr::from_abstract_name(&path).and_then(|address| UnixStream::connect_addr(&address))
    })?)
}

/// Says which byte order is spoken and reads what the server tells of itself. No display of ours asks for a password.
fn greet(server: &mut UnixStream) -> Result<(), Failure> {
    server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    server.read_exact(&mut head)?;
    let words = u16::from_le_bytes([head[6], head[7]]);
    let mut rest = vec![0; usize::from(words) * 4];
    server.read_exact(&mut rest)?;
    if head[0] == 1 {
        return Ok(());
    }
    Err(Failure::program("Xvfb", "it let nobody in"))
}
