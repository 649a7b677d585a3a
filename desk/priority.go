package desk

import "strconv"

// Priority is derived from impact and urgency (ITIL); 1 is Critical, 5 Planning.
type Priority int

// Level is an impact or an urgency: 1 High, 2 Medium, 3 Low.
type Level int

// Levels is how many impacts and how many urgencies the stock matrix has.
const Levels = 3

// Matrix gives the priority of an impact (row) and an urgency (column), both
// counted from 1. It is configuration.
type Matrix [][]Priority

// StockMatrix is the 3×3 matrix of ITIL practice: 1-1→1 … 3-3→5.
func StockMatrix() Matrix {
	return Matrix{{1, 2, 3}, {2, 3, 4}, {3, 4, 5}}
}

// Priority derives the priority. Levels outside the matrix are refused.
func (m Matrix) Priority(impact, urgency Level) (Priority, error) {
	if impact < 1 || int(impact) > len(m) {
		return 0, invalid(FieldImpact, "There is no impact %d; choose 1 to %d.", impact, len(m))
	}
	row := m[impact-1]
	if urgency < 1 || int(urgency) > len(row) {
		return 0, invalid(FieldUrgency, "There is no urgency %d; choose 1 to %d.", urgency, len(row))
	}
	return row[urgency-1], nil
}

// complete reports whether every pair of the levels has a priority.
func (m Matrix) complete() bool {
	for impact := Level(1); impact <= Levels; impact++ {
		for urgency := Level(1); urgency <= Levels; urgency++ {
			if p, err := m.Priority(impact, urgency); err != nil || p < 1 {
				return false
			}
		}
	}
	return true
}

var priorityNames = [...]string{1: "Critical", 2: "High", 3: "Moderate", 4: "Low", 5: "Planning"}

// String is the name of the priority, as in "2 High" without the figure.
func (p Priority) String() string {
	if p < 1 || int(p) >= len(priorityNames) {
		return strconv.Itoa(int(p))
	}
	return priorityNames[p]
}

var levelNames = [...]string{1: "High", 2: "Medium", 3: "Low"}

// String is the name of the level.
func (l Level) String() string {
	if l < 1 || int(l) >= len(levelNames) {
		return strconv.Itoa(int(l))
	}
	return levelNames[l]
}
