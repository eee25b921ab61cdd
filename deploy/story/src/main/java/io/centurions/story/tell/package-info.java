/** How a story is told: steps with their ids and time, what was expected and did not happen, the report. Knows nothing of the product. */
package io.centurions.story.tell;
