//! The stories, each played on a desktop of its own.

mod editing;
mod harness;
mod main_job;
mod pictures;
mod safety;

use crate::desktop::{Keyring, Size};
use crate::failure::Failure;
use crate::scene::Scene;

/// A story by name.
pub struct Story {
    /// Its name, which says the behaviour.
    pub name: &'static str,
    /// How large its display is.
    pub size: Size,
    /// The keyring that it finds.
    pub keyring: Keyring,
    /// Whether it takes pictures for the documentation.
    pub takes_pictures: bool,
    /// What it does.
    pub play: fn(&mut Scene) -> Result<(), Failure>,
}

impl Story {
    const fn usual(name: &'static str, play: fn(&mut Scene) -> Result<(), Failure>) -> Self {
        Self {
            name,
            size: Size::USUAL,
            keyring: Keyring::Unlocked,
            takes_pictures: false,
            play,
        }
    }
}

/// All stories, in the order in which they are played.
pub const ALL: &[Story] = &[
    Story::usual(
        "harness_finds_clicks_and_types_by_role_and_name",
        harness::finds_clicks_and_types,
    ),
    Story::usual(
        "harness_says_what_it_waited_for",
        harness::says_what_it_waited_for,
    ),
    Story::usual(
        "harness_desktop_has_an_open_keyring",
        harness::has_an_open_keyring,
    ),
    Story {
        keyring: Keyring::Absent,
        ..Story::usual(
            "harness_desktop_can_be_without_keyring",
            harness::can_be_without_keyring,
        )
    },
    Story::usual(
        "main_job_build_test_save_restart_call",
        main_job::builds_tests_saves_restarts_and_calls,
    ),
    Story::usual(
        "s9_steps_are_copied_pasted_moved_and_undone",
        editing::steps_are_copied_pasted_moved_and_undone,
    ),
    Story::usual(
        "t3_output_is_put_into_the_field",
        editing::an_output_is_put_into_the_field,
    ),
    Story::usual(
        "c5_draft_survives_a_crash",
        safety::a_draft_survives_a_crash,
    ),
    Story {
        keyring: Keyring::Absent,
        ..Story::usual(
            "f40_missing_keyring_is_said",
            safety::a_missing_keyring_is_said,
        )
    },
    Story {
        size: Size::SMALL,
        ..Story::usual(
            "smallest_window_is_usable",
            safety::the_smallest_window_is_usable,
        )
    },
    Story {
        takes_pictures: true,
        ..Story::usual("pictures_of_the_main_job", pictures::of_the_main_job)
    },
];
