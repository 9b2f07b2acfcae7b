//! `wiezei marks`: articles in, what was decided of every span in marks out.

use wiezei::formats::write_marks;
use wiezei::pipeline::Pipeline;

use super::args::MarksArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::Settings;
use super::streaming::{self, Work};

/// Reads everything that the arguments name and prints what was decided of its
/// quotation marks.
pub(super) fn run(args: MarksArgs, messages: &mut Messages) -> Result<(), Failure> {
    let settings = Settings::new(args.reading, false)?;
    let work = Work {
        stages: Pipeline::marks,
        write_text: |out, article, options| write_marks(out, article, options),
    };
    streaming::run(&settings, work, messages, |_| ())
}
