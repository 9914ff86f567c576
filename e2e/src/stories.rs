//! The stories, each a function on a desktop of its own.

mod harness;

use std::path::PathBuf;

use crate::failure::Failure;

/// What a story may use beside the desktop that it starts.
pub struct Stage {
    /// Where the studio and the command line were built.
    pub programs: PathBuf,
    /// Where pictures of this run go; `None` where nobody asked for them.
    pub pictures: Option<PathBuf>,
    /// Where to leave what helps after a failure.
    pub remains: PathBuf,
}

/// A story by name.
pub struct Story {
    /// Its name, which says the behaviour.
    pub name: &'static str,
    /// Whether it takes pictures for the documentation.
    pub takes_pictures: bool,
    /// What it does.
    pub play: fn(&Stage) -> Result<(), Failure>,
}

/// All stories, in the order in which they are played.
pub const ALL: &[Story] = &[
    Story {
        name: "harness_finds_clicks_and_types_by_role_and_name",
        takes_pictures: false,
        play: harness::finds_clicks_and_types,
    },
    Story {
        name: "harness_says_what_it_waited_for",
        takes_pictures: false,
        play: harness::says_what_it_waited_for,
    },
    Story {
        name: "harness_gives_each_desktop_its_own_keyring",
        takes_pictures: false,
        play: harness::gives_each_desktop_its_own_keyring,
    },
];
