//! The stories, each played on a desktop of its own.

mod account;
mod accounts;
mod app_files;
mod apps;
mod basic_auth;
mod catalogue;
mod device_code;
mod editing;
mod endpoints;
mod graphql;
mod harness;
mod imports;
mod layout;
mod layout_apps;
mod layout_methods;
mod layout_sessions;
mod linked;
mod main_job;
mod methods;
mod pictures;
mod refresh_flow;
mod reordering;
mod running;
mod safety;
mod sessions;
mod sign_in;
mod sign_in_again;
mod templates;

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
    /// Whether it signs in in the system's browser.
    pub needs_browser: bool,
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
            needs_browser: false,
            play,
        }
    }

    const fn in_browser(name: &'static str, play: fn(&mut Scene) -> Result<(), Failure>) -> Self {
        let story = Self::usual(name, play);
        Self {
            needs_browser: true,
            ..story
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
        "harness_sees_what_does_not_fit_and_is_faint",
        harness::sees_what_does_not_fit_and_is_faint,
    ),
    Story::usual(
        "main_job_build_test_save_restart_call",
        main_job::builds_tests_saves_restarts_and_calls,
    ),
    Story::usual(
        "a1_a2_a4_the_sample_app_in_its_preview",
        apps::the_sample_app_in_its_preview,
    ),
    Story::usual(
        "a1_an_app_is_built_and_used",
        apps::an_app_is_built_and_used,
    ),
    Story::usual(
        "a3_a_sign_in_is_asked_at_the_first_action",
        apps::a_sign_in_is_asked_at_the_first_action,
    ),
    Story::usual(
        "a5_a_file_is_opened_beside_the_studio",
        apps::a_file_is_opened_beside_the_studio,
    ),
    Story::in_browser(
        "a5_s4_z29_a_file_runs_with_no_studio_around_it",
        apps::a_file_runs_with_no_studio_around_it,
    ),
    Story::usual(
        "s9_steps_are_copied_pasted_moved_and_undone",
        editing::steps_are_copied_pasted_moved_and_undone,
    ),
    Story::usual(
        "s9_disabled_step_is_left_out",
        editing::a_disabled_step_is_left_out,
    ),
    Story::usual(
        "s9_deleting_a_step_shows_what_breaks",
        editing::deleting_a_step_shows_what_breaks,
    ),
    Story::usual(
        "s9_renaming_a_step_rewrites_references",
        editing::renaming_a_step_rewrites_references,
    ),
    Story::usual(
        "s9_steps_are_dragged_with_the_mouse",
        reordering::steps_are_dragged_with_the_mouse,
    ),
    Story::usual(
        "s9_steps_are_dragged_with_the_keyboard",
        reordering::steps_are_dragged_with_the_keyboard,
    ),
    Story::usual(
        "f44_a_flow_of_200_steps_is_edited",
        reordering::a_flow_of_200_steps_is_edited,
    ),
    Story::usual(
        "s10_names_are_offered_while_typing",
        templates::names_are_offered_while_typing,
    ),
    Story::usual(
        "s10_t6_faults_are_told_while_typing",
        templates::faults_are_told_while_typing,
    ),
    Story::usual(
        "s7_basic_auth_is_asked_for_masked_and_used",
        basic_auth::is_asked_for_masked_and_used,
    ),
    Story::usual(
        "c2_each_method_is_chosen_filled_in_saved_and_comes_back",
        methods::each_is_chosen_filled_in_saved_and_comes_back,
    ),
    Story::usual(
        "c2_an_oauth_preset_turns_into_multistep_and_back",
        methods::an_oauth_preset_turns_into_multistep_and_back,
    ),
    Story::usual(
        "x2_x3_a_postman_collection_is_imported_run_and_exported",
        imports::postman_collection_is_imported_and_run,
    ),
    Story {
        size: Size::SMALL,
        ..Story::usual(
            "x2_broken_files_are_refused_with_their_place",
            imports::broken_files_are_refused_with_their_place,
        )
    },
    Story::usual(
        "x1_a_linked_file_is_edited_followed_and_compared",
        linked::a_file_is_edited_followed_and_compared,
    ),
    Story {
        size: Size::SMALL,
        ..Story::usual(
            "x1_a_linked_file_is_compared_in_a_small_window",
            linked::a_file_is_compared_in_a_small_window,
        )
    },
    Story::usual(
        "c3_rest_endpoint_runs_with_an_input",
        endpoints::rest_endpoint_runs_with_an_input,
    ),
    Story::usual(
        "c3_rest_endpoint_sends_what_was_typed",
        endpoints::rest_endpoint_sends_what_was_typed,
    ),
    Story::usual(
        "c3_graphql_endpoint_runs_with_variables",
        endpoints::graphql_endpoint_runs_with_variables,
    ),
    Story::usual(
        "c3_graphql_query_is_completed_by_the_schema",
        graphql::a_query_is_completed_by_the_schema,
    ),
    Story {
        size: Size::SMALL,
        ..Story::usual(
            "c3_graphql_errors_in_a_200_answer_are_errors",
            graphql::errors_in_a_200_answer_are_errors,
        )
    },
    Story::usual(
        "k2_cleared_auth_is_asked_for_again",
        endpoints::cleared_auth_is_asked_for_again,
    ),
    Story::usual(
        "t2_slow_step_is_cancelled",
        running::a_slow_step_is_cancelled,
    ),
    Story::usual(
        "t2_a_step_is_run_again_and_its_request_copied",
        running::a_step_is_run_again,
    ),
    Story::usual(
        "t3_output_is_put_into_the_field",
        editing::an_output_is_put_into_the_field,
    ),
    Story::usual(
        "c5_draft_survives_a_crash",
        safety::a_draft_survives_a_crash,
    ),
    Story::usual(
        "z38_studio_opens_beside_a_killed_one_that_is_still_ending",
        safety::a_studio_opens_beside_a_dying_one,
    ),
    Story::usual(
        "r1_r2_r3_r5_t5_refresh_flow_is_designed_tested_and_simulated",
        refresh_flow::is_designed_tested_and_simulated,
    ),
    Story {
        keyring: Keyring::Absent,
        ..Story::usual(
            "f40_missing_keyring_is_said",
            safety::a_missing_keyring_is_said,
        )
    },
    Story::in_browser(
        "s4_t4_browser_comes_back_by_loopback",
        sign_in::comes_back_by_loopback,
    ),
    Story::in_browser(
        "s4_browser_comes_back_by_deep_link",
        sign_in::comes_back_by_deep_link,
    ),
    Story::in_browser(
        "s11_device_code_is_entered_in_the_browser",
        device_code::is_entered_in_the_browser,
    ),
    Story::in_browser(
        "s11_z22_wait_for_a_device_code_is_cancelled",
        device_code::its_wait_is_cancelled,
    ),
    Story::in_browser(
        "f18_z16_answer_to_an_interrupted_sign_in_is_told",
        sign_in_again::an_interrupted_one_is_told,
    ),
    Story::in_browser(
        "f20_last_address_of_the_browser_is_pasted",
        sign_in_again::the_last_address_is_pasted,
    ),
    Story::in_browser(
        "f20_address_is_pasted_beside_a_listener",
        sign_in_again::the_address_is_pasted_beside_a_listener,
    ),
    Story::in_browser(
        "s5_person_signs_in_and_out_by_sso",
        account::signs_in_and_out,
    ),
    Story::in_browser(
        "r1_session_that_ended_is_renewed",
        sessions::one_that_ended_is_renewed,
    ),
    Story::usual(
        "k3_changes_from_elsewhere_are_seen",
        sessions::changes_from_elsewhere_are_seen,
    ),
    Story::in_browser(
        "k2_k3_accounts_are_added_used_renamed_and_signed_out",
        accounts::are_added_used_renamed_and_signed_out,
    ),
    Story::in_browser(
        "r8_account_that_is_refused_needs_you_and_reconnects",
        accounts::one_that_is_refused_needs_you_and_reconnects,
    ),
    Story::usual(
        "c6_slack_is_found_with_a_typo_added_and_filled_in",
        catalogue::slack_is_found_with_a_typo_added_and_filled_in,
    ),
    Story {
        size: Size::SMALL,
        ..Story::usual("catalogue_fits_900_by_600", catalogue::the_catalogue_fits)
    },
    Story {
        size: Size::LARGE,
        ..Story::usual("catalogue_fits_1600_by_1000", catalogue::the_catalogue_fits)
    },
    Story {
        size: Size::SMALL,
        ..Story::usual("empty_screens_fit_900_by_600", layout::empty_screens_fit)
    },
    Story {
        size: Size::SMALL,
        ..Story::usual("every_screen_fits_900_by_600", layout::every_screen_fits)
    },
    Story {
        size: Size::LARGE,
        ..Story::usual("every_screen_fits_1600_by_1000", layout::every_screen_fits)
    },
    Story {
        size: Size::SMALL,
        ..Story::usual(
            "session_screens_fit_900_by_600",
            layout_sessions::session_screens_fit,
        )
    },
    Story {
        size: Size::LARGE,
        ..Story::usual(
            "session_screens_fit_1600_by_1000",
            layout_sessions::session_screens_fit,
        )
    },
    Story {
        size: Size::SMALL,
        ..Story::usual(
            "method_screens_fit_900_by_600",
            layout_methods::method_screens_fit,
        )
    },
    Story {
        size: Size::LARGE,
        ..Story::usual(
            "method_screens_fit_1600_by_1000",
            layout_methods::method_screens_fit,
        )
    },
    Story {
        size: Size::SMALL,
        ..Story::usual("app_editor_fits_900_by_600", layout_apps::app_editor_fits)
    },
    Story {
        size: Size::LARGE,
        ..Story::usual("app_editor_fits_1600_by_1000", layout_apps::app_editor_fits)
    },
    Story {
        size: Size::SMALL,
        ..Story::usual("app_window_fits_900_by_600", layout_apps::app_window_fits)
    },
    Story {
        size: Size::LARGE,
        ..Story::usual("app_window_fits_1600_by_1000", layout_apps::app_window_fits)
    },
    Story {
        takes_pictures: true,
        ..Story::usual("pictures_of_the_main_job", pictures::of_the_main_job)
    },
];
