import Datasets

/// What a guess without inputs reaches.
enum Baseline {
    static func of(_ part: Part, trainedOn train: Part) -> (name: String, value: Double)? {
        guard part.rows > 0 else { return nil }
        switch (part.targets, train.targets) {
        case (.classes(let classes), .classes(let trained)):
            var counts = Array(repeating: 0, count: Int((trained + classes).max() ?? 0) + 1)
            for number in trained { counts[Int(number)] += 1 }
            guard let majority = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else { return nil }
            let right = classes.reduce(0) { $0 + (Int($1) == majority ? 1 : 0) }
            return ("accuracy", Double(right) / Double(part.rows))
        case (.labels(let values), .labels(let trained)):
            // What most training rows have of each label.
            let majority = (0..<trained.columns).map { column in
                2 * (0..<trained.rows).count { trained[$0, column] == 1 } > trained.rows ? 1.0 : 0
            }
            let right = (0..<values.rows).count { row in majority.indices.allSatisfy { values[row, $0] == majority[$0] } }
            return ("accuracy", Double(right) / Double(part.rows))
        case (.values(let values), .values(let trained)):
            // As the metric: of several targets the mean.
            var sum = 0.0
            for column in 0..<values.columns {
                var (mean, squares) = (0.0, 0.0)
                for row in 0..<trained.rows { mean += trained[row, column] }
                mean /= Double(max(trained.rows, 1))
                for row in 0..<values.rows { squares += (values[row, column] - mean) * (values[row, column] - mean) }
                sum += (squares / Double(values.rows)).squareRoot()
            }
            return ("rmse", sum / Double(max(values.columns, 1)))
        default: return nil
        }
    }
}
