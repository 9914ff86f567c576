//! A run that takes long, and the person who does not want to wait for it.

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::silence::SilentServer;
use crate::studio;

/// T2: a run is cancelled while a step waits for its answer: said at once, the connection given up, and another run
/// can begin.
pub fn a_slow_step_is_cancelled(scene: &mut Scene) -> Result<(), Failure> {
    let server = SilentServer::start()?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Slow API", server.address())?;
    studio::add_step(window, "API request")?;
    window.find_marked("step-login")?;
    window.fill("textbox", "URL", "/slow")?;

    for _ in 0..2 {
        window.click("button", "Test auth steps")?;
        let request = server.request()?;
        expect_equal(
            "the request",
            &request.line.as_str(),
            &"POST /slow HTTP/1.1",
        )?;
        window.wait_for_text_in("run-state", "Running")?;
        window.wait_for_text_in("run-step-login", "running")?;
        window.click("button", "Cancel run")?;
        window.wait_for_text_in("run-state", "Cancelled")?;
        window.wait_for_text_in("run-step-login", "stopped")?;
        request.wait_until_dropped()?;
    }
    Ok(())
}
