import Diagnostics
import NNSpecKit

extension Command {
    static var predict: Command {
        Command(
            "predict", "run a trained model on the rows of a file and print CSV",
            arguments: [.run, Argument(name: "FILE", help: "a CSV file with the model's input columns")],
            flags: [
                .json, .quiet,
                Flag(name: "proba", help: "print probabilities only", isAvailable: false),
                Flag(name: "append", help: "print the input columns too", isAvailable: false),
            ]
        ) { (invocation, sink) throws(Stopped) in
            try Prediction.run(invocation.arguments[0], file: invocation.arguments[1], form: invocation.has("json") ? .json : .csv, sink: sink) {
                bytes throws(Stopped) in
                try StandardOutput.write(bytes, sink: sink)
            }
        }
    }
}
