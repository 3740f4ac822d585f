import Datasets

/// What a guess without inputs reaches; the rows count as they do in the metrics.
enum Baseline {
    static func of(_ part: Part, trainedOn train: Part) -> (name: String, value: Double)? {
        guard part.rows > 0 else { return nil }
        let (weights, trained) = (RowWeights(part.weights, rows: part.rows), RowWeights(train.weights, rows: train.rows))
        switch (part.targets, train.targets) {
        case (.classes(let classes), .classes(let labels)):
            var counts = Array(repeating: 0.0, count: Int((labels + classes).max() ?? 0) + 1)
            for (row, number) in labels.enumerated() { counts[Int(number)] += trained[row] }
            guard let majority = counts.indices.max(by: { (counts[$0], $1) < (counts[$1], $0) }) else { return nil }
            return ("accuracy", weights.sum(where: { Int(classes[$0]) == majority }, rows: part.rows) / weights.total)
        case (.labels(let values), .labels(let labels)):
            // What most training rows have of each label.
            let majority = (0..<labels.columns).map { column in
                2 * trained.sum(where: { labels[$0, column] == 1 }, rows: labels.rows) > trained.total ? 1.0 : 0
            }
            let right = weights.sum(where: { row in majority.indices.allSatisfy { values[row, $0] == majority[$0] } }, rows: values.rows)
            return ("accuracy", right / weights.total)
        case (.values(let values), .values(let labels)):
            // As the metric: of several targets the mean.
            var sum = 0.0
            for column in 0..<values.columns {
                var (mean, squares) = (0.0, 0.0)
                for row in 0..<labels.rows { mean += trained[row] * labels[row, column] }
                mean /= max(trained.total, .leastNonzeroMagnitude)
                for row in 0..<values.rows { squares += weights[row] * ((values[row, column] - mean) * (values[row, column] - mean)) }
                sum += (squares / weights.total).squareRoot()
            }
            return ("rmse", sum / Double(max(values.columns, 1)))
        default: return nil
        }
    }
}
