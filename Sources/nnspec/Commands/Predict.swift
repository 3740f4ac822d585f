import Diagnostics
import NNSpecKit

extension Command {
    static var predict: Command {
        Command(
            "predict", "run a trained model on the rows of a file and print the predictions",
            arguments: [.run, file],
            flags: [
                Flag(name: "data", placeholder: "FILE", help: "the same as FILE, as evaluate has it"), .dataFormat, .query, .json, .quiet,
                Flag(name: "to", placeholder: "FORM", help: "what to print: csv (if left out) or jsonl, an object on each line"),
                Flag(name: "proba", help: "print probabilities only"),
                Flag(name: "append", help: "print the columns of FILE too, in front"),
            ]
        ) { (invocation, sink) throws(Stopped) in
            let input = try invocation.modelInput(try path(invocation, sink: sink), sink: sink)
            let options = Prediction.Options(
                try form(invocation, sink: sink), onlyProbabilities: invocation.has("proba"), appends: invocation.has("append"))
            try Prediction.run(invocation.arguments[0], file: input, options: options, sink: sink) {
                bytes throws(Stopped) in
                try StandardOutput.write(bytes, sink: sink)
            }
        }
    }

    private static let file = Argument(
        name: "FILE", help: "a file with the model's input columns, or - for CSV from the standard input", isOptional: true)

    /// The file, in one of its two places.
    private static func path(_ invocation: Invocation, sink: DiagnosticSink) throws(Stopped) -> String {
        switch (invocation.arguments.dropFirst().first, invocation.value("data")) {
        case (let path?, nil), (nil, let path?): return path
        case (nil, nil): throw sink.fail(.missingArgument(file, of: predict))
        case (let first?, let second?): throw sink.fail(.fileTwice(first, second))
        }
    }

    private static func form(_ invocation: Invocation, sink: DiagnosticSink) throws(Stopped) -> Prediction.Form {
        switch (invocation.has("json"), invocation.value("to")) {
        case (true, nil): return .json
        case (true, _?): throw sink.fail(.flagsExclude("json", "to"))
        case (false, nil), (false, "csv"): return .csv
        case (false, "jsonl"): return .jsonl
        case (false, let other?): throw sink.fail(.badFlagValue("to", found: other, expected: "csv or jsonl"))
        }
    }
}
