//! `wiezei tokens`: articles in, tokens and sentences out.

use std::io::{self, BufWriter, Write as _};

use wiezei::formats::{Inputs, TokensFormat, write_tokens};
use wiezei::tokenize::tokenize;

use super::args::{TokensArgs, TokensFormatArg};
use super::failure::Failure;
use super::messages::Messages;
use super::settings::origins;

pub(super) const EXAMPLES: &str = "\
Examples:
  The sentences of an article, one a line:
    wiezei tokens corpus/dijkversterking.txt

  Each token on a line of its own, with its place in the text:
    echo '\"Nee!\" riep dhr. Van Dam om 20.15 uur.' | wiezei tokens --format conllu

  The same as JSON, of a folder of articles:
    wiezei tokens --format jsonl corpus

Exit codes: 0 success; 1 the program failed; 2 wrong arguments, or an input that
cannot be read (all the others are still read and printed).";

/// Reads, tokenizes and prints everything that the arguments name.
pub(super) fn run(args: TokensArgs, messages: &mut Messages) -> Result<(), Failure> {
    let format = match args.format {
        TokensFormatArg::Text => TokensFormat::Text,
        TokensFormatArg::Jsonl => TokensFormat::Jsonl { with_text: args.with_text },
        TokensFormatArg::Conllu => TokensFormat::Conllu,
    };
    let origins = origins(args.input.inputs)?;
    let (inputs, missing) = Inputs::find(origins, args.input.input_format.into());
    for error in &missing {
        messages.unreadable(error);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut printed = 0;
    for document in inputs {
        let document = match document {
            Ok(document) => document,
            Err(error) => {
                messages.unreadable(&error);
                continue;
            }
        };
        if printed > 0 && format == TokensFormat::Text {
            writeln!(out).map_err(Failure::output)?;
        }
        let tokenized = tokenize(document.text());
        write_tokens(&mut out, &document, &tokenized, format).map_err(Failure::output)?;
        printed += 1;
    }
    out.flush().map_err(Failure::output)
}
