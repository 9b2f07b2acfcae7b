//! `wiezei sources`: articles in, whom they mention out.

use wiezei::formats::write_cast;
use wiezei::pipeline::Pipeline;

use super::args::SourcesArgs;
use super::failure::Failure;
use super::messages::Messages;
use super::settings::Settings;
use super::streaming::{self, Work};

/// Reads everything that the arguments name and prints whom it mentions.
pub(super) fn run(args: SourcesArgs, messages: &mut Messages) -> Result<(), Failure> {
    let settings = Settings::new(args.reading, false)?;
    let work = Work {
        stages: Pipeline::sources,
        write_text: |out, article, options| write_cast(out, article, options),
    };
    streaming::run(&settings, work, messages, |_| ())
}
