/* fare-session-turns.h
 *
 * The lines of a session's story: prompts, and below each the turns it caused.  The lines
 * of a prompt are made when it is opened; news leave lines that stay where they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-session-story.h"

G_BEGIN_DECLS

#define FARE_TYPE_TURN_ITEM (fare_turn_item_get_type ())
G_DECLARE_FINAL_TYPE (FareTurnItem, fare_turn_item, FARE, TURN_ITEM, GObject)

/* FareTurnItem::changed says that it reads otherwise than before. */

/**
 * fare_turn_item_get_prompt:
 *
 * Returns: (transfer none) (nullable): the prompt; %NULL for a turn
 */
const FarePromptGroup *fare_turn_item_get_prompt (FareTurnItem *self);

/**
 * fare_turn_item_get_turn:
 *
 * Returns: (transfer none) (nullable): the turn; %NULL for a prompt
 */
const FareStoryTurn   *fare_turn_item_get_turn   (FareTurnItem *self);

/* The prompt's or the turn's number, counted from 1. */
guint                  fare_turn_item_get_number (FareTurnItem *self);

#define FARE_TYPE_SESSION_TURNS (fare_session_turns_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionTurns, fare_session_turns, FARE, SESSION_TURNS, GObject)

FareSessionTurns      *fare_session_turns_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_turns_get_model:
 *
 * Returns: (transfer none): rows of #FareTurnItem
 */
GtkTreeListModel      *fare_session_turns_get_model (FareSessionTurns *self);

/**
 * fare_session_turns_show:
 * @story: (nullable): a later state of the same session, or another one after %NULL
 */
void                   fare_session_turns_show      (FareSessionTurns *self,
                                                     FareSessionStory *story);

/**
 * fare_session_turns_touch:
 *
 * Has all lines shown anew.
 */
void                   fare_session_turns_touch     (FareSessionTurns *self);

G_END_DECLS
