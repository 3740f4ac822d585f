import Diagnostics
import NNSpecKit

extension Command {
    static var predict: Command {
        Command(
            "predict", "run a trained model on the rows of a file and print CSV",
            arguments: [.run, Argument(name: "FILE", help: "a file with the model's input columns, or - for CSV from the standard input")],
            flags: [
                .dataFormat, .query, .json, .quiet,
                Flag(name: "proba", help: "print probabilities only", isAvailable: false),
                Flag(name: "append", help: "print the input columns too", isAvailable: false),
            ]
        ) { (invocation, sink) throws(Stopped) in
            let input = try invocation.modelInput(invocation.arguments[1], sink: sink)
            try Prediction.run(invocation.arguments[0], file: input, form: invocation.has("json") ? .json : .csv, sink: sink) {
                bytes throws(Stopped) in
                try StandardOutput.write(bytes, sink: sink)
            }
        }
    }
}
